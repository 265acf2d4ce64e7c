using System.Globalization;
using System.Text;
using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>What a digest is written from.</summary>
public sealed record DigestSource
{
    /// <summary>Today's figures.</summary>
    public required AnalyticsDocument Figures { get; init; }

    /// <summary>The ledger.</summary>
    public required UsageReadModel Usage { get; init; }

    /// <summary>Alerts that are true now.</summary>
    public IReadOnlyList<ActiveAlert> Alerts { get; init; } = [];

    /// <summary>How measurements moved in the range.</summary>
    public IReadOnlyList<QualityMove> Quality { get; init; } = [];

    /// <summary>Display name of a project id.</summary>
    public required Func<string, string> NameOf { get; init; }
}

/// <summary>One measurement at the beginning and the end of a range.</summary>
/// <param name="Project">Project id.</param>
/// <param name="What">Coverage, open issues, Lighthouse.</param>
/// <param name="Before">Value before; null where it was not measured.</param>
/// <param name="Now">Value now.</param>
/// <param name="Unit">Behind the number: <c>%</c>, or nothing.</param>
public sealed record QualityMove(string Project, string What, decimal? Before, decimal Now, string Unit);

/// <summary>A range of days as a page of Markdown to send or paste: spend by project and model with changes, the month, alerts, quality moves.</summary>
public static class Digest
{
    private const int MaxRows = 50;

    /// <summary>Writes it. Names are escaped: they come from transcripts.</summary>
    public static string Write(DigestSource source, DateOnly from, DateOnly to, string? project = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        WindowFigures window = CustomWindow.Of(source.Usage, from, to, project);
        MonthFigures month = (project is not null && source.Figures.Projects.TryGetValue(project, out ScopeFigures? scope) ? scope : scope = source.Figures.Total).Month;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Digest, {Day(window.From, window.To)} to {window.To:MMM d, yyyy}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{Spent(window, to.DayNumber - from.DayNumber + 1)}\n");
        text.Append(CultureInfo.InvariantCulture, $"Month to date: {Usd(month.Spend)}{(month.Budget is { } budget ? $" of {Usd(budget)} ({month.Percent:#,##0.0}%)" : "")}.");
        if (scope.Forecast is { Expected: { } expected, Low: { } low, High: { } high })
        {
            text.Append(CultureInfo.InvariantCulture, $" Expected at the end of the month: {Usd(expected)}, between {Usd(low)} and {Usd(high)} in eight of ten such months.");
        }

        text.Append('\n');
        if (project is null)
        {
            Table(text, "Spend by project", "Project", window, source.NameOf, CostComparison.OfProjects(source.Usage, from, to));
        }

        Table(text, "Spend by model", "Model", window, n => n, CostComparison.OfModels(source.Usage, from, to, project));
        text.Append("\n## Alerts\n\n");
        Items(text, Worst(source.Alerts.Where(a => project is null || a.Project is null || a.Project == project)).Select(a => $"{Capital(a.Level)}: {a.Message}"));
        text.Append("\n## Quality\n\n");
        Items(text, source.Quality.Where(q => project is null || q.Project == project).Select(q => string.Create(
            CultureInfo.InvariantCulture,
            $"{source.NameOf(q.Project)}: {q.What} {(q.Before is { } before ? $"from {Measure(before, q.Unit)} to " : "measured for the first time, ")}{Measure(q.Now, q.Unit)}")));
        return text.ToString();
    }

    // Who has spent 90 % has also spent 75 %: of a budget or limit only the highest threshold is said.
    private static IEnumerable<ActiveAlert> Worst(IEnumerable<ActiveAlert> alerts) => alerts
        .GroupBy(a => a.Percent is null ? a.Key : $"{a.Type} {a.Project}")
        .Select(same => same.MaxBy(a => a.Percent)!);

    private static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];

    private static string Measure(decimal value, string unit) =>
        value.ToString(unit == "%" ? "0.0" : "0.#", CultureInfo.InvariantCulture) + unit;

    private static void Table(StringBuilder text, string title, string head, WindowFigures window, Func<string, string> nameOf, IReadOnlyList<CostComparison> rows)
    {
        text.Append("\n## ").Append(title).Append("\n\n");
        if (rows.Count == 0)
        {
            text.Append("No usage.\n");
            return;
        }

        text.Append("| ").Append(head).Append(" | Cost | Share | Change |\n| --- | ---: | ---: | ---: |\n");
        foreach (CostComparison row in rows.Take(MaxRows))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {Escape(nameOf(row.Name))} | {Usd(row.Cost)} | {(window.Cost > 0 ? row.Cost / window.Cost * 100 : 0):0.0}% | {ChangeText(row.Before, row.Cost)} |\n");
        }

        if (rows.Count > MaxRows)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{rows.Count - MaxRows} more.\n");
        }
    }

    private static void Items(StringBuilder text, IEnumerable<string> items)
    {
        int count = 0;
        foreach (string item in items.Take(MaxRows))
        {
            text.Append("- ").Append(Escape(item)).Append('\n');
            count++;
        }

        text.Append(count == 0 ? "None.\n" : "");
    }

    private static string Spent(WindowFigures window, int days) => window is { Cost: 0, Calls: 0 }
        ? $"Nothing was spent{(window.PreviousCost > 0 ? $", against {Usd(window.PreviousCost.Value)} in the {Counted(days, "day")} before" : "")}."
        : $"**{Usd(window.Cost)}** spent{(window.PreviousCost > 0 ? $" ({ChangeText(window.PreviousCost, window.Cost)} against the {Counted(days, "day")} before)" : "")}, {Usd(window.BurnRate)} a day, {Counted(window.Sessions, "session")}, {Counted(window.Calls, "call")}.";

    private static string Day(DateOnly day, DateOnly end) => day.ToString(day.Year == end.Year ? "MMM d" : "MMM d, yyyy", CultureInfo.InvariantCulture);

    private static string ChangeText(decimal? before, decimal now) => before is not > 0
        ? before is null || now > 0 ? "new" : "no change"
        : now > before * 10.99m ? "over +999%"
        : string.Create(CultureInfo.InvariantCulture, $"{(now - before.Value) / before.Value * 100:+0;−0;0}%");

    private static string Counted(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:#,##0} {noun}{(count == 1 ? "" : "s")}");

    private static string Usd(decimal amount) => amount is > 0 and < 0.01m ? "<$0.01" : string.Create(CultureInfo.InvariantCulture, $"{(amount < 0 ? "−" : "")}${Math.Abs(amount):#,##0.00}");

    // What would end a cell, begin markup or break the line.
    private static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (char.IsControl(c))
            {
                safe.Append(' ');
            }
            else
            {
                safe.Append(c is '|' or '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '&' or '~' ? $"\\{c}" : c.ToString());
            }
        }

        return safe.ToString();
    }
}
