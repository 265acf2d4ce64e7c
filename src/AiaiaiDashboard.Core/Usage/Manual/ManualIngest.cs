using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Usage.Manual;

/// <summary>Brings the ledger's manual rows in line with tokens.json and the original's history: what is in neither any more becomes a row of zeros.</summary>
internal static class ManualIngest
{
    /// <summary>Writes the rows that changed.</summary>
    /// <param name="tokens">The entries; null when there is no file.</param>
    /// <param name="history">The original's history; tokens.json goes before it where both have a key, and of its own rows the last of a key counts.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="prices">Prices for entries without a cost.</param>
    /// <param name="projectOf">Project id of an id or name typed by hand.</param>
    /// <param name="keepFrom">First day that is kept (retention).</param>
    /// <returns>Rows written.</returns>
    public static int Run(ManualTokens? tokens, OriginalTokenHistory history, UsageLedger ledger, PriceTable prices, Func<string, string> projectOf, DateOnly keepFrom)
    {
        var rows = new Dictionary<UsageKey, UsageRow>();
        foreach (ManualEntry entry in tokens?.Entries ?? [])
        {
            if (entry.Day() is { } day && day >= keepFrom)
            {
                UsageRow row = Row(entry, day, prices, projectOf);
                rows[row.Key] = rows.TryGetValue(row.Key, out UsageRow? same) ? Sum(same, row) : row;
            }
        }

        var earlier = new Dictionary<UsageKey, UsageRow>();
        foreach (ManualEntry entry in history.Entries)
        {
            if (entry.Day() is { } day && day >= keepFrom && Row(entry, day, prices, projectOf) is { } row && !rows.ContainsKey(row.Key))
            {
                earlier[row.Key] = row;
            }
        }

        foreach ((UsageKey key, UsageRow row) in earlier)
        {
            rows.Add(key, row);
        }

        // Of a file that cannot be read nobody knows what it holds: no row goes for it.
        IEnumerable<UsageRow> gone = ledger.Rows
            .Where(r => history.IsComplete && IsManual(r) && !rows.ContainsKey(r.Key))
            .Select(r => new UsageRow { Date = r.Date, Project = r.Project, Session = r.Session, Model = r.Model, Source = r.Source, Extra = r.Extra });
        return ledger.Apply([.. rows.Values, .. gone]);
    }

    private static bool IsManual(UsageRow row) =>
        row.Source == UsageSource.Manual || (row.Source == UsageSource.AnthropicAdmin && row.Session == ManualEntry.AutoSync);

    private static UsageRow Row(ManualEntry entry, DateOnly day, PriceTable prices, Func<string, string> projectOf)
    {
        string model = ModelName.Clean(entry.Model);
        var counters = new UsageCounters { TokensIn = entry.TokensIn, TokensOut = entry.TokensOut };
        ModelPrice? price = prices.Price(model, day);
        return new UsageRow
        {
            Date = day,
            Project = projectOf(entry.Project ?? ""),
            Session = entry.Session ?? "",
            Model = prices.Listed(model),
            Source = entry.Session == ManualEntry.AutoSync ? UsageSource.AnthropicAdmin : UsageSource.Manual,
            TokensIn = entry.TokensIn,
            TokensOut = entry.TokensOut,
            Cost = entry.Cost ?? price?.Cost(counters, false, false, false, false) ?? 0,
            Unpriced = entry.Cost is null && price is null && counters.TotalTokens > 0,
        };
    }

    private static UsageRow Sum(UsageRow a, UsageRow b) => a with
    {
        TokensIn = a.TokensIn + b.TokensIn,
        TokensOut = a.TokensOut + b.TokensOut,
        Cost = a.Cost + b.Cost,
        Unpriced = a.Unpriced || b.Unpriced,
    };
}
