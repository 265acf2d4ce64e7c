using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Formatting;

namespace AiaiaiDashboard.Components.Layout;

/// <summary>The sync in words.</summary>
public static class SyncWords
{
    /// <summary><c>tokens, 7 of 12 transcripts</c>.</summary>
    public static string Progress(SyncProgress progress) => progress.Total > 0
        ? $"{progress.Step}, {Format.Count(progress.Done)} of {Format.Count(progress.Total)} {progress.Unit}"
        : $"{progress.Step}, step {progress.StepNumber} of {progress.StepCount}";

    /// <summary><c>1 of 5 steps failed</c> or <c>Sync failed</c>.</summary>
    public static string Failure(SyncStatus status)
    {
        int failed = status.Steps.Count(s => s.Status == SyncOutcome.Error);
        return failed > 0 && failed < status.Steps.Count ? $"{failed} of {status.Steps.Count} steps failed" : "Sync failed";
    }

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
}
