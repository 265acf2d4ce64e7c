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
    /// <summary>All rows, recounted from all calls.</summary>
    public List<UsageRow> Everything(CallAggregator aggregator, CallStore store)
    {
        foreach (int head in store.Messages())
        {
            aggregator.Add(head);
        }

        var update = new List<UsageRow>();
        var counted = new HashSet<UsageKey>();
        foreach (UsageRow row in aggregator.Rows())
        {
            counted.Add(row.Key);
            update.Add(Larger(row));
        }

        foreach (UsageRow held in ledger.Rows.Where(r => r.Source == UsageSource.ClaudeCode && r.Date >= keepFrom && !counted.Contains(r.Key)))
        {
            if (adoptAll || adopted.Contains(held.Key))
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

    /// <summary>The recount, or what the ledger holds where that cannot be recounted and is larger.</summary>
    private UsageRow Larger(UsageRow recount)
    {
        if ((!adoptAll && !adopted.Contains(recount.Key)) || ledger.Find(recount.Key) is not { } held)
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
