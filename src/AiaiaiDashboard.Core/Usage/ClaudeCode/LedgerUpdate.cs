using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>Compares what the calls add up to with what the ledger holds.</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="prices">Prices for rows that are kept from the ledger.</param>
/// <param name="adopted">Rows that cannot be recounted; kept up to date here.</param>
/// <param name="adoptAll">Whether the calls began anew, so that any row of the ledger may hold calls nobody can recount.</param>
/// <param name="keepFrom">First day that is kept.</param>
internal sealed class LedgerUpdate(UsageLedger ledger, PriceTable prices, HashSet<UsageKey> adopted, bool adoptAll, DateOnly keepFrom)
{
    private HashSet<string> complete = [];

    /// <summary>All rows, recounted from all calls.</summary>
    public List<UsageRow> Everything(CallAggregator aggregator, CallStore store)
    {
        foreach (int head in store.Messages())
        {
            aggregator.Add(head);
        }

        List<UsageRow> recounted = [.. aggregator.Rows()];
        if (adoptAll)
        {
            complete = CompleteSessions(recounted);
        }

        var update = new List<UsageRow>();
        var counted = new HashSet<UsageKey>();
        foreach (UsageRow row in recounted)
        {
            counted.Add(row.Key);
            update.Add(Larger(row));
        }

        foreach (UsageRow held in ledger.Rows.Where(r => r.Source == UsageSource.ClaudeCode && r.Date >= keepFrom && !counted.Contains(r.Key)))
        {
            if (MayHoldMore(held.Key))
            {
                adopted.Add(held.Key);
                update.Add(RowPricing.Reprice(held, prices));
            }
            else
            {
                update.Add(Emptied(held));
            }
        }

        return update;
    }

    /// <summary>The rows of the messages that changed, and those they counted in before.</summary>
    public List<UsageRow> Changed(CallAggregator aggregator, CallStore store, HashSet<UsageKey> before)
    {
        var wanted = new HashSet<RowSlot>();
        foreach (int head in store.ChangedMessages)
        {
            aggregator.Slots(head, wanted);
        }

        foreach (UsageKey key in before)
        {
            wanted.Add(aggregator.Slot(key));
        }

        var days = wanted.Select(s => s.Day).ToHashSet();
        if (wanted.Count > 0)
        {
            foreach (int head in store.Messages())
            {
                aggregator.AddWanted(head, wanted, days);
            }
        }

        List<UsageRow> update = [.. aggregator.Rows().Select(Larger)];
        var counted = update.Select(r => r.Key).ToHashSet();
        update.AddRange(before.Where(k => !counted.Contains(k) && !adopted.Contains(k))
            .Select(ledger.Find).OfType<UsageRow>().Select(Emptied));
        return update;
    }

    /// <summary>Whether the ledger's row of a key may hold calls that cannot be recounted.</summary>
    private bool MayHoldMore(UsageKey key) => (adoptAll && !complete.Contains(key.Session)) || adopted.Contains(key);

    /// <summary>
    /// Sessions of which the ledger holds no more than was recounted. Their calls are all there, if perhaps in other rows than before: on another
    /// day after a change of zone, under another project or model. So nothing of them is kept twice.
    /// </summary>
    private HashSet<string> CompleteSessions(List<UsageRow> recounted)
    {
        Dictionary<string, UsageCounters> now = BySession(recounted);
        Dictionary<string, UsageCounters> before = BySession(ledger.Rows.Where(r => r.Source == UsageSource.ClaudeCode && r.Date >= keepFrom));
        return [.. now.Where(s => !before.TryGetValue(s.Key, out UsageCounters? held)
            || (s.Value.Calls >= held.Calls && s.Value.TokensIn >= held.TokensIn && s.Value.TokensOut >= held.TokensOut
                && s.Value.CacheWrite >= held.CacheWrite && s.Value.CacheRead >= held.CacheRead)).Select(s => s.Key)];
    }

    private static Dictionary<string, UsageCounters> BySession(IEnumerable<UsageRow> rows)
    {
        var sums = new Dictionary<string, UsageCounters>(StringComparer.Ordinal);
        foreach (UsageRow row in rows)
        {
            UsageCounters sum = sums.GetValueOrDefault(row.Session) ?? new UsageCounters();
            sums[row.Session] = sum with
            {
                Calls = sum.Calls + row.Calls,
                TokensIn = sum.TokensIn + row.TokensIn,
                TokensOut = sum.TokensOut + row.TokensOut,
                CacheWrite = sum.CacheWrite + row.CacheWrite,
                CacheRead = sum.CacheRead + row.CacheRead,
            };
        }

        return sums;
    }

    /// <summary>The recount, or what the ledger holds where that cannot be recounted and is larger.</summary>
    private UsageRow Larger(UsageRow recount)
    {
        if (!MayHoldMore(recount.Key) || ledger.Find(recount.Key) is not { } held)
        {
            return recount;
        }

        if ((held.TotalTokens, held.Calls).CompareTo((recount.TotalTokens, recount.Calls)) > 0)
        {
            adopted.Add(recount.Key);
            return RowPricing.Reprice(held, prices);
        }

        adopted.Remove(recount.Key);
        return recount;
    }

    /// <summary>A row that lost all its calls to another (R31).</summary>
    private static UsageRow Emptied(UsageRow row) => new()
    {
        Date = row.Date,
        Project = row.Project,
        Session = row.Session,
        Model = row.Model,
        Source = row.Source,
        Extra = row.Extra,
    };
}
