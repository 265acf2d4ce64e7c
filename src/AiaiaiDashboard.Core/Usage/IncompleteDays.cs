namespace AiaiaiDashboard.Core.Usage;

/// <summary>A day with calls whose recorded output is under a quarter of the visible text: its tokens and cost are too low.</summary>
/// <param name="Date">Calendar day in the configured zone.</param>
/// <param name="Calls">All calls of the day.</param>
/// <param name="IncompleteCalls">The flagged ones, at least 1.</param>
/// <param name="Cost">USD as recorded.</param>
public sealed record IncompleteDay(DateOnly Date, long Calls, long IncompleteCalls, decimal Cost)
{
    /// <summary>All such days, newest first.</summary>
    /// <param name="usage">The ledger.</param>
    /// <param name="project">Only this project, or null for all.</param>
    public static IReadOnlyList<IncompleteDay> Of(UsageReadModel usage, string? project = null)
    {
        ArgumentNullException.ThrowIfNull(usage);
        int only = project is null ? -1 : usage.Columns.Projects.CodeOf(project);
        var days = new List<IncompleteDay>();
        if (project is not null && only < 0)
        {
            return days;
        }

        // Rows come by date: a day's rows stand together.
        UsageColumns.FactColumn rows = usage.Columns.Facts;
        for (int start = 0; start < rows.Length;)
        {
            int day = rows[start].Day;
            (long calls, long incomplete, decimal cost) = (0, 0, 0);
            for (; start < rows.Length && rows[start].Day == day; start++)
            {
                if (only < 0 || usage.Columns.Project[start] == only)
                {
                    ref readonly UsageFacts row = ref rows[start];
                    calls += row.Calls;
                    incomplete += row.IncompleteCalls;
                    cost += row.Cost;
                }
            }

            if (incomplete > 0)
            {
                days.Add(new IncompleteDay(DateOnly.FromDayNumber(day), calls, incomplete, cost));
            }
        }

        days.Reverse();
        return days;
    }
}
