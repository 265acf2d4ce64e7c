using System.Globalization;
using AiaiaiDashboard.Core.Sync;

namespace AiaiaiDashboard.Core.Alerts.Rules;

/// <summary>A source that cannot be read, or usage that was not read for long: figures may be too low, so that other alerts come too late.</summary>
internal static class SourceRule
{
    /// <summary>Name of the source where the step that reads usage failed as a whole.</summary>
    public const string Usage = "usage";

    /// <summary>Name of the source where nothing was synced for long.</summary>
    public const string Sync = "sync";

    private const int MaxReason = 300;

    public static IEnumerable<ActiveAlert> Evaluate(AlertInputs inputs)
    {
        if (!inputs.Config.EffectiveRules.Sources)
        {
            yield break;
        }

        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (SyncSourceStatus source in inputs.Steps.SelectMany(s => s.Sources ?? []).Where(s => s.Status == SyncOutcome.Error))
        {
            if (named.Add(source.Name))
            {
                yield return Failing(source.Name, source.Name, source.Error, inputs.Today);
            }
        }

        if (inputs.Steps.FirstOrDefault(s => s is { Name: SyncStepNames.Tokens, Status: SyncOutcome.Error }) is { } step && named.Count == 0)
        {
            yield return Failing(Usage, "usage", step.Error, inputs.Today);
        }

        if (inputs.Age is { } age && age >= inputs.StaleAfter)
        {
            yield return new ActiveAlert
            {
                Key = $"source-{Sync}",
                Type = AlertType.Source,
                Level = AlertLevel.Warning,
                Title = "Usage data is stale",
                Message = string.Create(CultureInfo.InvariantCulture, $"Usage was not read for more than {Math.Floor(inputs.StaleAfter.TotalHours):0} hours."),
                Advice = "Spend since then is not counted and no limit is watched. Refresh, and see the last sync for the reason.",
                Since = inputs.Today,
            };
        }
    }

    private static ActiveAlert Failing(string name, string subject, string? reason, DateOnly today) => new()
    {
        Key = $"source-{name}",
        Type = AlertType.Source,
        Level = AlertLevel.Warning,
        Title = $"Source {subject} fails",
        Message = string.IsNullOrWhiteSpace(reason) ? $"The source {subject} cannot be read." : $"The source {subject} cannot be read: {Shorten(reason.Trim())}",
        Advice = "The last known figures stay on screen; spend since then is missing until it can be read again.",
        Since = today,
    };

    private static string Shorten(string reason) => reason.Length <= MaxReason ? reason : reason[..MaxReason] + "…";
}
