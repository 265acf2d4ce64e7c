using System.Runtime.InteropServices;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>Counts calls by the version of Claude Code that recorded them, message by message, so that a change costs what changed.</summary>
internal sealed class VersionTally
{
    /// <summary>Versions told apart; the rest counts as unnamed. Real histories have some hundred.</summary>
    private const int MaxVersions = 2_000;

    private readonly CallStore store;
    private readonly DayClock clock;
    private readonly List<CallRecord> calls = [];
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
            sums[version.Version] = new Sum(version.Calls, version.IncompleteCalls, version.FirstDay.DayNumber, version.LastDay.DayNumber);
        }
    }

    /// <summary>Adds the calls of a message.</summary>
    public void Add(int head) => Count(head, 1);

    /// <summary>Takes them away, before they change. The range of days stays as wide as it was.</summary>
    public void Remove(int head) => Count(head, -1);

    /// <summary>The counts, oldest version first.</summary>
    public IReadOnlyList<TranscriptVersion> ToList() =>
    [
        .. sums.Where(s => s.Value.Calls > 0)
            .Select(s => new TranscriptVersion(s.Key, s.Value.Calls, s.Value.Incomplete, DateOnly.FromDayNumber(s.Value.First), DateOnly.FromDayNumber(s.Value.Last)))
            .OrderBy(v => v.FirstDay).ThenBy(v => v.Version, StringComparer.Ordinal),
    ];

    private void Count(int head, int sign)
    {
        CallGroup.Resolve(store, head, calls);
        foreach (ref readonly CallRecord call in CollectionsMarshal.AsSpan(calls))
        {
            if (!texts.TryGetValue(call.Version, out string? version))
            {
                version = store.Names.Text(call.Version);
                texts.Add(call.Version, version);
            }

            int day = call.PinnedDay != 0 ? call.PinnedDay : clock.At(call.Ticks).Day;
            string key = sums.Count < MaxVersions || sums.ContainsKey(version) ? version : "";
            ref Sum sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, key, out bool exists);
            sum = exists
                ? new Sum(sum.Calls + sign, sum.Incomplete + (call.IsIncomplete ? sign : 0), Math.Min(sum.First, day), Math.Max(sum.Last, day))
                : new Sum(sign, call.IsIncomplete ? sign : 0, day, day);
        }
    }

    private readonly record struct Sum(long Calls, long Incomplete, int First, int Last);
}
