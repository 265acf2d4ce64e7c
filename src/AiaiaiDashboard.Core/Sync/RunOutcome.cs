namespace AiaiaiDashboard.Core.Sync;

/// <summary>What the outcomes of steps make of a run (CONTRACT.md §2, "Statuses").</summary>
internal static class RunOutcome
{
    /// <summary>success (also with warnings), partial when some steps failed, error when all that were configured failed or the run was cut off.</summary>
    public static string Of(IReadOnlyCollection<SyncStepStatus> steps, bool cutOff)
    {
        int failed = steps.Count(s => s.Status == SyncOutcome.Error);
        int worked = steps.Count(s => s.Status is SyncOutcome.Success or SyncOutcome.Warning);
        return cutOff ? SyncOutcome.Error
            : failed == 0 ? SyncOutcome.Success
            : worked == 0 ? SyncOutcome.Error
            : SyncOutcome.Partial;
    }

    /// <summary>The failed steps with their reasons as one text; null when none failed.</summary>
    public static string? Reason(IEnumerable<SyncStepStatus> steps)
    {
        string text = string.Join(" ", steps.Where(s => s.Status == SyncOutcome.Error).Select(s => $"{s.Name}: {s.Error ?? "failed"}"));
        return text.Length == 0 ? null : text;
    }
}
