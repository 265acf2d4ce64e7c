using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>Compares what the calls add up to with what the ledger holds.</summary>
/// <param name="ledger">The ledger.</param>
/// <param name="prices">Prices for rows that are kept from the ledger.</param>
/// <param name="adopted">Rows that cannot be recounted; kept up to date here.</param>
/// <param name="adoptAll">Whether the calls began anew, so that any row of the ledger may hold calls nobody can recount.</param>
/// <param name="keepFrom">First day that is kept.</param>
/// <param name="explain">Tells, where the calls began anew, which of the rows that hold more than the recount lost it to other rows.</param>
internal sealed class LedgerUpdate(
    UsageLedger ledger, PriceTable prices, HashSet<UsageKey> adopted, bool adoptAll, DateOnly keepFrom, Func<List<UsageRow>, HashSet<UsageKey>> explain)
{
    private HashSet<UsageKey> explained = [];

    /// <summary>All rows, recounted from all calls.</summary>
    public List<UsageRow> Everything(CallAggregator aggregator, CallStore store)
    {
        aggregator.AddAll();
        Dictionary<UsageKey, UsageRow> counted = aggregator.Rows().ToDictionary(r => r.Key);
        List<UsageRow> here = [.. ledger.Rows.Where(r => r.Source == UsageSource.ClaudeCode && r.Date >= keepFrom)];
        if (adoptAll)
        {
            explained = explain([.. here.Where(h => h.Calls > 0 && (!counted.TryGetValue(h.Key, out UsageRow? recount) || HoldsMore(h, recount)))]);
        }

        List<UsageRow> update = [.. counted.Values.Select(Larger)];
        foreach (UsageRow held in here.Where(r => !counted.ContainsKey(r.Key)))
        {
            if ((adoptAll && !explained.Contains(held.Key)) || adopted.Contains(held.Key))
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
        var wanted = new RowSlots();
        foreach (int head in store.ChangedMessages)
        {
            aggregator.Slots(head, wanted);
        }

        foreach (UsageKey key in before)
        {
            wanted.Add(aggregator.Slot(key));
        }

        if (wanted.Count > 0)
        {
            aggregator.AddWanted(wanted);
        }

        List<UsageRow> update = [.. aggregator.Rows().Select(Larger)];
        HashSet<UsageKey> counted = [.. update.Select(r => r.Key)];
        update.AddRange(before.Where(k => !counted.Contains(k) && !adopted.Contains(k))
            .Select(ledger.Find).OfType<UsageRow>().Select(Emptied));
        return update;
    }

    /// <summary>The recount, or what the ledger holds where that cannot be recounted and is larger.</summary>
    private UsageRow Larger(UsageRow recount)
    {
        if ((!adoptAll && !adopted.Contains(recount.Key)) || ledger.Find(recount.Key) is not { } held)
        {
            return recount;
        }

        if (HoldsMore(held, recount) && !explained.Contains(held.Key))
        {
            adopted.Add(recount.Key);
            return RowPricing.Reprice(held, prices);
        }

        adopted.Remove(recount.Key);
        return recount;
    }

    private static bool HoldsMore(UsageRow held, UsageRow recount) =>
        (held.TotalTokens, held.Calls).CompareTo((recount.TotalTokens, recount.Calls)) > 0;

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
