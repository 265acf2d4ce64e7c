using System.Runtime.InteropServices;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>Sums rows by groupings.</summary>
internal static class UsageGrouper
{
    /// <summary>Most groupings of one query: each at most once.</summary>
    private const int MaxGroupings = 5;

    /// <summary>Sums the rows from <paramref name="from"/> up to and without <paramref name="to"/>.</summary>
    /// <param name="columns">Rows ordered by key.</param>
    /// <param name="from">First position.</param>
    /// <param name="to">Position after the last.</param>
    /// <param name="project">Code of the only project that counts; null for all.</param>
    /// <param name="by">Groupings, at most five.</param>
    public static UsageAnswer Group(UsageColumns columns, int from, int to, int? project, IReadOnlyList<UsageGrouping> by)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(by.Count, MaxGroupings, nameof(by));
        UsageGrouping[] groupings = [.. by];
        UsageColumns.FactColumn facts = columns.Facts;
        var groups = new Dictionary<GroupKey, int>();
        var sums = new List<RunningSum>();
        var total = new RunningSum(default);
        GroupKey lastKey = default;
        RunningSum? last = null;
        for (int row = from; row < to; row++)
        {
            if (project is { } only && columns.Project[row] != only)
            {
                continue;
            }

            total.Add(in facts[row]);
            if (groupings.Length == 0)
            {
                continue;
            }

            GroupKey key = KeyOf(columns, row, groupings);
            // Rows are ordered by day and project: the neighbour is often of the same group.
            if (last is null || key != lastKey)
            {
                ref int position = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, key, out bool exists);
                if (!exists)
                {
                    position = sums.Count;
                    sums.Add(new RunningSum(key));
                }

                last = sums[position];
                lastKey = key;
            }

            last.Add(in facts[row]);
        }

        var answer = new UsageSum[sums.Count];
        for (int i = 0; i < answer.Length; i++)
        {
            answer[i] = sums[i].ToSum(TextsOf(sums[i].Key, columns, groupings));
        }

        Array.Sort(answer, groupings is [not UsageGrouping.Day and not UsageGrouping.Month, ..] ? ByCostThenKeys : ByKeys);
        return new UsageAnswer(answer, total.ToSum([]));
    }

    private static GroupKey KeyOf(UsageColumns columns, int row, UsageGrouping[] by) => new(
        columns.CodeOf(by[0], row),
        by.Length > 1 ? columns.CodeOf(by[1], row) : 0,
        by.Length > 2 ? columns.CodeOf(by[2], row) : 0,
        by.Length > 3 ? columns.CodeOf(by[3], row) : 0,
        by.Length > 4 ? columns.CodeOf(by[4], row) : 0);

    private static string[] TextsOf(GroupKey key, UsageColumns columns, UsageGrouping[] by)
    {
        ReadOnlySpan<int> codes = [key.First, key.Second, key.Third, key.Fourth, key.Fifth];
        var texts = new string[by.Length];
        for (int i = 0; i < by.Length; i++)
        {
            texts[i] = columns.TextOf(by[i], codes[i]);
        }

        return texts;
    }

    private static int ByCostThenKeys(UsageSum left, UsageSum right)
    {
        int order = right.Cost.CompareTo(left.Cost);
        return order != 0 ? order : ByKeys(left, right);
    }

    private static int ByKeys(UsageSum left, UsageSum right)
    {
        for (int i = 0; i < left.Keys.Count; i++)
        {
            int order = string.CompareOrdinal(left.Keys[i], right.Keys[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private readonly record struct GroupKey(int First, int Second, int Third, int Fourth, int Fifth);

    private sealed class RunningSum(GroupKey key)
    {
        private long calls;
        private long tokensIn;
        private long tokensOut;
        private long cacheWrite;
        private long cacheWrite1h;
        private long cacheRead;
        private long incomplete;
        private decimal cost;
        private bool unpriced;
        private long firstAt = UsageFacts.NoTime;
        private long lastAt = UsageFacts.NoTime;

        public GroupKey Key => key;

        public void Add(in UsageFacts row)
        {
            calls += row.Calls;
            tokensIn += row.TokensIn;
            tokensOut += row.TokensOut;
            cacheWrite += row.CacheWrite;
            cacheWrite1h += row.CacheWrite1h;
            cacheRead += row.CacheRead;
            incomplete += row.IncompleteCalls;
            cost += row.Cost;
            unpriced |= row.Unpriced;
            firstAt = row.FirstAt != UsageFacts.NoTime && (firstAt == UsageFacts.NoTime || row.FirstAt < firstAt) ? row.FirstAt : firstAt;
            lastAt = Math.Max(lastAt, row.LastAt);
        }

        public UsageSum ToSum(IReadOnlyList<string> keys) => new()
        {
            Keys = keys,
            Calls = calls,
            TokensIn = tokensIn,
            TokensOut = tokensOut,
            CacheWrite = cacheWrite,
            CacheWrite1h = cacheWrite1h,
            CacheRead = cacheRead,
            IncompleteCalls = incomplete,
            Cost = cost,
            Unpriced = unpriced,
            FirstAt = UsageFacts.Time(firstAt),
            LastAt = UsageFacts.Time(lastAt),
        };
    }
}
