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
        IReadOnlyList<UsageRow> rows = usage.Rows;
        for (int start = 0; start < rows.Count;)
        {
            var day = new IncompleteDay(rows[start].Date, 0, 0, 0);
            for (; start < rows.Count && rows[start].Date == day.Date; start++)
            {
                UsageRow row = rows[start];
                if (only < 0 || usage.Columns.Project[start] == only)
                {
                    day = new IncompleteDay(day.Date, day.Calls + row.Calls, day.IncompleteCalls + row.IncompleteCalls, day.Cost + row.Cost);
                }
            }

            if (day.IncompleteCalls > 0)
            {
                days.Add(day);
            }
        }

        days.Reverse();
        return days;
    }
}
