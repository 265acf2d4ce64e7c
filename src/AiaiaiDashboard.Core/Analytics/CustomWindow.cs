using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>The figures of any range of days, by the same definitions as the fixed windows.</summary>
public static class CustomWindow
{
    /// <summary>Adds them up.</summary>
    /// <param name="usage">The ledger.</param>
    /// <param name="from">First day, included.</param>
    /// <param name="to">Last day, included; days after today have nothing.</param>
    /// <param name="project">One project id, or null for all.</param>
    public static WindowFigures Of(UsageReadModel usage, DateOnly from, DateOnly to, string? project = null)
    {
        ArgumentNullException.ThrowIfNull(usage);
        DateOnly last = to < usage.Today ? to : usage.Today;
        from = from < last ? from : last;
        int length = last.DayNumber - from.DayNumber + 1;
        DateOnly before = from.DayNumber >= length ? from.AddDays(-length) : DateOnly.MinValue;
        UsageColumns columns = usage.Columns;
        int only = project is null ? -1 : columns.Projects.CodeOf(project);
        var sums = new WindowSums(from, last);
        decimal previous = 0;
        DateOnly? first = null;
        foreach (UsageDay day in usage.Days)
        {
            foreach (ref readonly UsageCell cell in day.Cells.AsSpan())
            {
                if (project is not null && cell.Project != only)
                {
                    continue;
                }

                first ??= day.Date;
                previous += day.Date >= before && day.Date < from ? cell.Cost : 0;
                sums.Add(day.Date, cell, splitByProject: project is null);
            }
        }

        return sums.ToFigures(first, first is null || first >= from ? null : Money.Plain(previous), Sessions(usage, from, last, project is null ? null : only), columns);
    }

    private static long Sessions(UsageReadModel usage, DateOnly from, DateOnly to, int? project)
    {
        UsageColumns columns = usage.Columns;
        (int start, int end) = usage.Range(from, to);
        (int[] codes, _) = usage.Sessions(start, end);
        var seen = new HashSet<int>();
        for (int row = start; row < end; row++)
        {
            if (codes[row - start] >= 0 && (project is null || columns.Project[row] == project))
            {
                seen.Add(codes[row - start]);
            }
        }

        return seen.Count;
    }
}
