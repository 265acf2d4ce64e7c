using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>What a project or model cost in a range of days, beside as many days before it.</summary>
/// <param name="Name">Project id or model.</param>
/// <param name="Cost">USD.</param>
/// <param name="Before">USD in the days before; null where it had no entry that early, as in <see cref="WindowFigures.PreviousCost"/>.</param>
public sealed record CostComparison(string Name, decimal Cost, decimal? Before)
{
    /// <summary>All projects with usage in the range, dearest first, in one pass over the days.</summary>
    /// <param name="usage">The ledger.</param>
    /// <param name="from">First day, included.</param>
    /// <param name="to">Last day, included; days after today have nothing.</param>
    public static IReadOnlyList<CostComparison> OfProjects(UsageReadModel usage, DateOnly from, DateOnly to)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return Of(usage, usage.Columns.Projects, static (in UsageCell cell) => cell.Project, from, to, only: -1);
    }

    /// <summary>The same of models, of one project where its id is given.</summary>
    public static IReadOnlyList<CostComparison> OfModels(UsageReadModel usage, DateOnly from, DateOnly to, string? project = null)
    {
        ArgumentNullException.ThrowIfNull(usage);
        int only = project is null ? -1 : usage.Columns.Projects.CodeOf(project);
        return project is not null && only < 0 ? [] : Of(usage, usage.Columns.Models, static (in UsageCell cell) => cell.Model, from, to, only);
    }

    private delegate int CodeOf(in UsageCell cell);

    private static CostComparison[] Of(UsageReadModel usage, NameTable names, CodeOf codeOf, DateOnly from, DateOnly to, int only)
    {
        DateOnly last = to < usage.Today ? to : usage.Today;
        from = from < last ? from : last;
        int length = last.DayNumber - from.DayNumber + 1;
        DateOnly before = from.DayNumber >= length ? from.AddDays(-length) : DateOnly.MinValue;
        var sums = new Sum[names.Count];
        foreach (UsageDay day in usage.Days)
        {
            if (day.Date > last)
            {
                break;
            }

            foreach (ref readonly UsageCell cell in day.Cells.AsSpan())
            {
                if (only >= 0 && cell.Project != only)
                {
                    continue;
                }

                ref Sum sum = ref sums[codeOf(in cell)];
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
            .Select(s => new CostComparison(names[s.Index], Money.Plain(s.Item.Cost), s.Item.IsOlder ? Money.Plain(s.Item.Before) : null))
            .OrderByDescending(p => p.Cost).ThenBy(p => p.Name, StringComparer.Ordinal)];
    }

    private struct Sum
    {
        public decimal Cost;
        public decimal Before;
        public bool IsUsed;
        public bool IsOlder;
    }
}
