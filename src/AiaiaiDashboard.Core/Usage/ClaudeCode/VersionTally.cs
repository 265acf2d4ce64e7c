namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>Counts calls by the version of Claude Code that recorded them, message by message, so that a change costs what changed.</summary>
internal sealed class VersionTally
{
    /// <summary>Versions told apart; the rest counts as unnamed. Real histories have some hundred.</summary>
    private const int MaxVersions = 2_000;

    private readonly CallStore store;
    private readonly DayClock clock;
    private readonly CallList calls = new();
    private readonly Dictionary<string, Sum> sums = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> texts = [];

    /// <param name="store">The calls.</param>
    /// <param name="zone">Zone of days.</param>
    /// <param name="known">The counts of everything in the store so far.</param>
    public VersionTally(CallStore store, TimeZoneInfo zone, IEnumerable<TranscriptVersion> known)
    {
        this.store = store;
        clock = new DayClock(zone);
        foreach (TranscriptVersion version in known)
        {
            sums[version.Version] = new Sum { Calls = version.Calls, Incomplete = version.IncompleteCalls, First = version.FirstDay.DayNumber, Last = version.LastDay.DayNumber };
        }
    }

    /// <summary>Adds the calls of all messages.</summary>
    public void AddAll()
    {
        for (int head = store.NextMessage(-1); head >= 0; head = store.NextMessage(head))
        {
            Count(head, 1);
        }
    }

    /// <summary>Adds the calls of the messages that changed.</summary>
    public void AddChanged()
    {
        foreach (int head in store.ChangedMessages)
        {
            Count(head, 1);
        }
    }

    /// <summary>Takes the calls of a message away, before they change. The range of days stays as wide as it was.</summary>
    public void Remove(int head) => Count(head, -1);

    /// <summary>The counts, oldest version first.</summary>
    public IReadOnlyList<TranscriptVersion> ToList()
    {
        var versions = new List<TranscriptVersion>(sums.Count);
        foreach (string version in sums.Keys)
        {
            Sum sum = sums[version];
            if (sum.Calls > 0)
            {
                versions.Add(new TranscriptVersion(version, sum.Calls, sum.Incomplete, DateOnly.FromDayNumber(sum.First), DateOnly.FromDayNumber(sum.Last)));
            }
        }

        versions.Sort(static (a, b) => a.FirstDay != b.FirstDay ? a.FirstDay.CompareTo(b.FirstDay) : string.CompareOrdinal(a.Version, b.Version));
        return versions;
    }

    private void Count(int head, int sign)
    {
        CallGroup.Resolve(store, head, calls);
        for (int i = 0; i < calls.Count; i++)
        {
            ref CallRecord call = ref calls[i];
            if (!texts.TryGetValue(call.Version, out string? version))
            {
                version = store.Names.Text(call.Version);
                texts.Add(call.Version, version);
            }

            int day = call.PinnedDay != 0 ? call.PinnedDay : clock.At(call.Ticks, out _);
            string key = sums.Count < MaxVersions || sums.ContainsKey(version) ? version : "";
            if (!sums.TryGetValue(key, out Sum? sum))
            {
                sum = new Sum { First = day, Last = day };
                sums.Add(key, sum);
            }

            sum.Calls += sign;
            sum.Incomplete += call.IsIncomplete ? sign : 0;
            sum.First = Math.Min(sum.First, day);
            sum.Last = Math.Max(sum.Last, day);
        }
    }

    private sealed class Sum
    {
        public long Calls;
        public long Incomplete;
        public int First;
        public int Last;
    }
}
