using AiaiaiDashboard.Components.State;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Formatting;

namespace AiaiaiDashboard.Components.Pages.Home;

/// <summary>An attention item in words: the title states the fact, the detail its numbers, the link leads to where something can be done.</summary>
public sealed record AttentionWords(string Title, string Detail, string Href)
{
    /// <summary>The words of one item.</summary>
    /// <param name="item">The facts.</param>
    /// <param name="today">Today, for dates.</param>
    /// <param name="filter">The project filter to carry on.</param>
    public static AttentionWords Of(AttentionItem item, DateOnly today, string? filter) => item.Kind switch
    {
        AttentionKind.Budget => new(
            item.Percent >= BudgetLevels.Full ? "The monthly budget is used up" : $"Monthly budget is {Format.Percent(item.Percent ?? 0)} used",
            Spent(item),
            Address.Of("/tokens", filter)),
        AttentionKind.ProjectLimit => new(
            item.Percent > BudgetLevels.Full ? $"{item.Subject} is over its limit" : $"{item.Subject} is near its limit",
            Spent(item),
            Address.OfProject(item.ProjectId ?? "")),
        AttentionKind.Overdue => new(
            $"{item.Subject} is {Format.Deadline((int)-item.Count)}",
            $"Deadline {Format.Day(item.Day ?? today, today)}{(item.Progress is { } progress ? $", {progress}% done" : "")}",
            Address.OfProject(item.ProjectId ?? "")),
        AttentionKind.FailingTests => new(
            $"{Format.Count(item.Count, "test")} of {item.Subject} {(item.Count == 1 ? "fails" : "fail")}",
            item.Day is { } failing ? $"Failing since {Format.Day(failing, today)}" : "Failing in the newest run",
            Address.Of("/quality", filter, ("sources", item.ProjectId))),
        AttentionKind.CoverageDrop => new(
            $"Coverage of {item.Subject} fell by {((item.Before - item.Percent) ?? 0).ToString("0.0", Format.Culture)} pts",
            $"{Format.Share(item.Percent ?? 0)}, was {Format.Share(item.Before ?? 0)} on {Format.Day(item.Day ?? today, today)}",
            Address.Of("/quality", filter, ("sources", item.ProjectId))),
        AttentionKind.Stale => new($"{item.Subject} looks stale", item.Reason ?? "", Address.OfProject(item.ProjectId ?? "")),
        AttentionKind.Sync => new(
            item.Subject.Length == 0 ? "The last sync failed" : $"Sync {(item.Count == 1 ? "step" : "steps")} {item.Subject} {(item.IsCritical ? "failed" : item.Count == 1 ? "has a warning" : "have a warning")}",
            item.Reason ?? "The settings page shows what it did",
            Address.Of("/settings", filter) + "#last-sync"),
        AttentionKind.Unpriced => new(
            "Models without a price",
            $"{item.Subject}: {Format.Count(item.Count, "call")} counted in tokens, not in money. Add a price to config/pricing.json",
            Address.Of("/tokens", filter)),
        _ => new($"{item.Subject} cannot be used", item.Reason ?? "", Address.Of("/settings", filter)),
    };

    private static string Spent(AttentionItem item) =>
        $"{Format.Money(item.Spend)} of {Format.Money(item.Limit ?? 0)} this month ({Format.Percent(item.Percent ?? 0)})";
}
