namespace AiaiaiDashboard.Core.Usage;

/// <summary>Whether two rows would be the same line: records compare collections by reference, and 1.0 equals 1.00.</summary>
internal static class UsageRowEquality
{
    /// <summary>Compares everything but unknown properties.</summary>
    public static bool Same(UsageRow a, UsageRow b) =>
        a.Key == b.Key && SameCounters(a, b) && a.Cost == b.Cost && a.Unpriced == b.Unpriced && a.FirstAt == b.FirstAt && a.LastAt == b.LastAt
        && a.IncompleteCalls == b.IncompleteCalls && SameHours(a.Hours, b.Hours) && SameParts(a.Parts ?? [], b.Parts ?? []);

    private static bool SameCounters(UsageCounters a, UsageCounters b) =>
        a.Calls == b.Calls && a.TokensIn == b.TokensIn && a.TokensOut == b.TokensOut && a.CacheWrite == b.CacheWrite
        && a.CacheWrite1h == b.CacheWrite1h && a.CacheRead == b.CacheRead;

    private static bool SameHours(IReadOnlyDictionary<string, decimal>? a, IReadOnlyDictionary<string, decimal>? b)
    {
        if ((a?.Count ?? 0) != (b?.Count ?? 0))
        {
            return false;
        }

        for (int hour = 0; hour < 24 && a is not null && b is not null; hour++)
        {
            string text = HourCosts.Text(hour);
            if (a.TryGetValue(text, out decimal left) != b.TryGetValue(text, out decimal right) || left != right)
            {
                return false;
            }
        }

        return true;
    }

    private static bool SameParts(IReadOnlyList<UsagePart> a, IReadOnlyList<UsagePart> b)
    {
        if (a.Count != b.Count)
        {
            return false;
        }

        for (int i = 0; i < a.Count; i++)
        {
            if (a[i] != b[i])
            {
                return false;
            }
        }

        return true;
    }
}
