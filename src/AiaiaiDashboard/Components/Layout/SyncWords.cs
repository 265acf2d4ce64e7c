using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Formatting;

namespace AiaiaiDashboard.Components.Layout;

/// <summary>The sync in words.</summary>
public static class SyncWords
{
    private const double MegaByte = 1_000_000;

    /// <summary><c>7 of 12 transcripts</c>, else <c>step 2 of 5</c>: what there is room for in the header.</summary>
    public static string Short(SyncProgress progress) => progress.Total > 0 ? Amount(progress) : Steps(progress);

    /// <summary><c>tokens, 7 of 12 transcripts</c>.</summary>
    public static string Progress(SyncProgress progress) => progress.Total > 0
        ? $"{progress.Step}, {Amount(progress)}"
        : $"{progress.Step}, {Steps(progress)}";

    /// <summary><c>7 of 12 transcripts</c>, <c>3.1 of 12.4 MB</c>; empty where the step has not said yet.</summary>
    public static string Amount(SyncProgress progress) => (progress.Total > 0, progress.Unit) switch
    {
        (true, "bytes") => $"{Mega(progress.Done)} of {Mega(progress.Total)} MB",
        (true, _) => $"{Format.Count(progress.Done)} of {Format.Count(progress.Total)} {progress.Unit}",
        (false, _) when progress.Done > 0 => $"{Format.Count(progress.Done)} {progress.Unit}",
        _ => "",
    };

    /// <summary>The name of a step as a word of its own.</summary>
    public static string Step(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>What made a run begin.</summary>
    public static string Trigger(string? trigger) => trigger switch
    {
        "start" => "at start",
        "schedule" => "by schedule",
        "manual" => "by Refresh",
        "api" => "by the API",
        "cli" => "by command",
        "watch" => "new usage",
        _ => "",
    };

    /// <summary>The last run in a few words.</summary>
    public static string Summary(SyncStatus status) => status.Status switch
    {
        SyncOutcome.Success => status.Steps.Count(s => s.Status == SyncOutcome.Warning) is > 0 and var warnings
            ? $"Current, with {Format.Count(warnings, "warning")}," : "Everything is current,",
        _ => $"{Failure(status)},",
    };

    /// <summary><c>1 of 5 steps failed</c> or <c>Sync failed</c>.</summary>
    public static string Failure(SyncStatus status)
    {
        int failed = status.Steps.Count(s => s.Status == SyncOutcome.Error);
        return failed > 0 && failed < status.Steps.Count ? $"{failed} of {status.Steps.Count} steps failed" : "Sync failed";
    }

    /// <summary>The same where there is little room: <c>1 of 5 failed</c>.</summary>
    public static string Brief(SyncStatus status) => Failure(status).Replace(" steps", "", StringComparison.Ordinal);

    /// <summary>One sentence about a finished run, for the toast.</summary>
    public static string Result(SyncStatus status) => status.Status switch
    {
        SyncOutcome.Success => $"Synced in {Format.Duration(status.DurationMs)}",
        _ => $"{Failure(status)}. {status.Steps.FirstOrDefault(s => s.Status == SyncOutcome.Error)?.Error ?? status.Error}".TrimEnd(),
    };

    /// <summary>Colour class of an outcome.</summary>
    public static string Tone(string outcome) => outcome switch
    {
        SyncOutcome.Success => "ok",
        SyncOutcome.Warning => "warn",
        SyncOutcome.Error or SyncOutcome.Partial => "crit",
        _ => "off",
    };

    /// <summary>The outcome as a word.</summary>
    public static string Word(string outcome) => outcome switch
    {
        SyncOutcome.Success => "Success",
        SyncOutcome.Warning => "Warning",
        SyncOutcome.Error => "Error",
        SyncOutcome.Partial => "Partial",
        SyncOutcome.Skipped => "Not configured",
        _ => "Never run",
    };

    private static string Steps(SyncProgress progress) => $"step {progress.StepNumber} of {progress.StepCount}";

    private static string Mega(long bytes) => (bytes / MegaByte).ToString(bytes < 100 * MegaByte ? "#,##0.0" : "#,##0", Format.Culture);
}
