using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>
/// Tells, where the cache is gone, why the ledger holds more in a row than the transcripts recount: because calls moved to another row or were
/// dropped as replays (then the recount is right, R32), or because transcripts are gone as well (then the row stays, CONTRACT.md, "Rebuildable").
/// Calls can only have moved away from a row that some line still names: the row is explained when such lines can make up all of it.
/// </summary>
/// <param name="store">The calls of all transcripts there are.</param>
/// <param name="prices">Names under which models are listed.</param>
/// <param name="zone">Zone of days.</param>
/// <param name="projectOf">Project of a directory.</param>
internal sealed class HeldRows(CallStore store, PriceTable prices, TimeZoneInfo zone, Func<string, string> projectOf)
{
    private readonly Lock gate = new();
    private readonly DayClock clock = new(zone);
    private readonly Dictionary<(int Day, int Session), List<Candidate>> candidates = [];

    /// <summary>Sets out the rows in question.</summary>
    /// <returns>Whether any of their sessions occurs in the transcripts; if not, nothing is explained and nothing need be read.</returns>
    public bool Ask(IEnumerable<UsageRow> rows)
    {
        foreach (UsageRow row in rows)
        {
            int known = store.Names.Count;
            int session = store.Names.Id(row.Session);
            if (session < known)
            {
                (int, int) place = (row.Date.DayNumber, session);
                candidates.TryAdd(place, []);
                candidates[place].Add(new Candidate(row));
            }
        }

        return candidates.Count > 0;
    }

    /// <summary>Takes in calls as single lines state them. Thread-safe.</summary>
    public void Note(CallList lines)
    {
        lock (gate)
        {
            for (int i = 0; i < lines.Count; i++)
            {
                CallRecord line = lines[i];
                foreach (Candidate candidate in candidates.GetValueOrDefault((clock.At(line.Ticks, out _), line.Session)) ?? [])
                {
                    if (IsFrom(candidate.Row, line))
                    {
                        candidate.Add(store, line);
                    }
                }
            }
        }
    }

    /// <summary>The rows that the lines can make up: what they lost went to other rows.</summary>
    public HashSet<UsageKey> Explained() => [.. candidates.Values.SelectMany(c => c).Where(c => c.IsMadeUp).Select(c => c.Row.Key)];

    private bool IsFrom(UsageRow row, in CallRecord line)
    {
        // Whether the call was fast may be what another line says.
        string model = prices.Listed(store.Names.Text(line.Model));
        return (row.Model == model || row.Model == model + "-fast") && row.Project == projectOf(store.Names.Text(line.Directory));
    }

    private sealed class Candidate(UsageRow row)
    {
        private readonly HashSet<(int Head, int Position)> counted = [];
        private long calls;
        private long tokensIn;
        private long tokensOut;
        private long cacheWrite;
        private long cacheRead;
        private bool hasFirst;
        private bool hasLast;

        public UsageRow Row { get; } = row;

        public bool IsMadeUp => hasFirst && hasLast
            && Row.Calls <= calls && Row.TokensIn <= tokensIn && Row.TokensOut <= tokensOut && Row.CacheWrite <= cacheWrite && Row.CacheRead <= cacheRead;

        public void Add(CallStore store, in CallRecord line)
        {
            hasFirst |= line.Ticks == Row.FirstAt?.UtcTicks;
            hasLast |= line.Ticks == Row.LastAt?.UtcTicks;
            int head = store.Head(line);
            if (!counted.Add((head, line.Position)))
            {
                return;
            }

            // Every request of the message may have been a call of its own before the others were known (R17).
            for (int i = head; i >= 0; i = store[i].Next)
            {
                ref CallRecord record = ref store[i];
                if (record.Position == line.Position)
                {
                    calls++;
                    tokensIn += record.TokensIn;
                    tokensOut += record.TokensOut;
                    cacheWrite += Math.Max(record.Split5m + record.Split1h, record.Whole5m);
                    cacheRead += record.CacheRead;
                }
            }
        }
    }
}
