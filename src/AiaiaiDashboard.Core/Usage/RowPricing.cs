using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>Prices a ledger row again from its own counters and parts, without its transcript.</summary>
internal static class RowPricing
{
    /// <summary>The row at the prices of a table. Hours keep their shares of the cost.</summary>
    public static UsageRow Reprice(UsageRow row, PriceTable prices)
    {
        IReadOnlyList<UsagePart> parts = row.Parts ?? [];
        var plain = new UsageCounters
        {
            Calls = Rest(row.Calls, parts, static p => p.Calls),
            TokensIn = Rest(row.TokensIn, parts, static p => p.TokensIn),
            TokensOut = Rest(row.TokensOut, parts, static p => p.TokensOut),
            CacheWrite = Rest(row.CacheWrite, parts, static p => p.CacheWrite),
            CacheWrite1h = Rest(row.CacheWrite1h, parts, static p => p.CacheWrite1h),
            CacheRead = Rest(row.CacheRead, parts, static p => p.CacheRead),
        };
        bool unpriced = false;
        decimal cost = plain.TotalTokens > 0 ? Cost(plain, new UsagePart(), row.Model) : 0;
        foreach (UsagePart part in parts)
        {
            // A fast part is listed under the model's name with "-fast" (R31); its price is the model's own.
            string model = part.Fast && row.Model.EndsWith("-fast", StringComparison.Ordinal) ? row.Model[..^"-fast".Length] : row.Model;
            cost += part.CostUsd ?? Cost(part, part, model);
        }

        return cost == row.Cost && unpriced == row.Unpriced ? row : row with { Cost = cost, Unpriced = unpriced, Hours = Hours(row, cost) };

        decimal Cost(UsageCounters tokens, UsagePart kind, string model)
        {
            ModelPrice? price = prices.Price(model, row.Date);
            unpriced |= price is null;
            return price is null ? 0
                : price.Cost(tokens, kind.LongContext, kind.Fast, kind.Us, kind.Batch) + (kind.WebSearches * ModelPrice.WebSearch);
        }
    }

    /// <summary>What is left of a counter without its parts; never below 0, whatever a damaged row says.</summary>
    private static long Rest(long total, IReadOnlyList<UsagePart> parts, Func<UsagePart, long> counter)
    {
        foreach (UsagePart part in parts)
        {
            total = Math.Max(0, total - Math.Max(0, counter(part)));
        }

        return total;
    }

    private static HourCosts? Hours(UsageRow row, decimal cost)
    {
        if (cost == 0)
        {
            return null;
        }

        var hours = new HourCosts();
        if (row.Hours is null || row.Cost == 0)
        {
            // Nothing tells the hours of calls that had no price: they are put where the row begins.
            hours.Set(row.FirstAt?.Hour ?? 0, cost);
            return hours;
        }

        for (int hour = 0; hour < 24; hour++)
        {
            if (row.Hours.TryGetValue(HourCosts.Text(hour), out decimal share))
            {
                hours.Set(hour, decimal.Round(share / row.Cost * cost, 12));
            }
        }

        return hours;
    }
}
