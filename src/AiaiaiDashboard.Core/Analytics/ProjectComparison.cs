using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>What a project cost in a range of days, beside as many days before it.</summary>
/// <param name="Id">Project id.</param>
/// <param name="Cost">USD.</param>
/// <param name="Before">USD in the days before; null where the project had no entry that early, as in <see cref="WindowFigures.PreviousCost"/>.</param>
public sealed record ProjectComparison(string Id, decimal Cost, decimal? Before)
{
    /// <summary>All projects with usage in the range, dearest first, in one pass over the days.</summary>
    /// <param name="usage">The ledger.</param>
    /// <param name="from">First day, included.</param>
    /// <param name="to">Last day, included; days after today have nothing.</param>
    public static IReadOnlyList<ProjectComparison> Of(UsageReadModel usage, DateOnly from, DateOnly to)
    {
        ArgumentNullException.ThrowIfNull(usage);
        DateOnly last = to < usage.Today ? to : usage.Today;
        from = from < last ? from : last;
        int length = last.DayNumber - from.DayNumber + 1;
        DateOnly before = from.DayNumber >= length ? from.AddDays(-length) : DateOnly.MinValue;
        var sums = new Sum[usage.Columns.Projects.Count];
        foreach (UsageDay day in usage.Days)
        {
            if (day.Date > last)
            {
                break;
            }

            foreach (ref readonly UsageCell cell in day.Cells.AsSpan())
            {
                ref Sum sum = ref sums[cell.Project];
                if (day.Date >= from)
                {
                    sum.Cost += cell.Cost;
                    sum.IsUsed = true;
                }
                else
                {
                    sum.IsOlder = true;
                    sum.Before += day.Date >= before ? cell.Cost : 0;
                }
            }
        }

        return [.. sums
            .Index()
            .Where(s => s.Item.IsUsed)
            .Select(s => new ProjectComparison(usage.Columns.Projects[s.Index], Money.Plain(s.Item.Cost), s.Item.IsOlder ? Money.Plain(s.Item.Before) : null))
            .OrderByDescending(p => p.Cost).ThenBy(p => p.Id, StringComparer.Ordinal)];
    }

    private struct Sum
    {
        public decimal Cost;
        public decimal Before;
        public bool IsUsed;
        public bool IsOlder;
    }
}
