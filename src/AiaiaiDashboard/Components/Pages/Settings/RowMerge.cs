namespace AiaiaiDashboard.Components.Pages.Settings;

/// <summary>What was typed into the rows of a list, put together with what became of that list meanwhile.</summary>
internal static class RowMerge
{
    /// <summary>The rows with both changes; null where both changed one row, each in its way, or a key is there twice.</summary>
    /// <param name="opened">The rows before either change.</param>
    /// <param name="typed">What one made of them.</param>
    /// <param name="now">What the other made of them.</param>
    /// <param name="shown">How many of a row's texts count; what follows is for the key.</param>
    /// <param name="key">What a row is known by; empty for a new one, which stands for itself.</param>
    public static string[][]? Of(string[][] opened, string[][] typed, string[][] now, int shown, Func<string[], string> key)
    {
        if (Same(typed, now, shown))
        {
            return now;
        }

        if (Same(opened, now, shown))
        {
            return typed;
        }

        if (ByKey(opened) is not { } before || ByKey(typed) is not { } mine || ByKey(now) is not { } theirs)
        {
            return null;
        }

        Dictionary<string, string[]?> outcome = [];
        foreach (string name in before.Keys.Union(mine.Keys).Union(theirs.Keys))
        {
            string[]? was = before.GetValueOrDefault(name), my = mine.GetValueOrDefault(name), their = theirs.GetValueOrDefault(name);
            if (!Equal(my, was, shown) && !Equal(their, was, shown) && !Equal(my, their, shown))
            {
                return null;
            }

            outcome[name] = Equal(my, was, shown) ? their : my;
        }

        // Theirs in their order, then what was added here.
        IEnumerable<string[]> merged = now.Select(r => key(r).Length == 0 ? r : outcome[key(r)]).OfType<string[]>();
        IEnumerable<string[]> added = typed.Where(r => key(r).Length == 0 ? !now.Any(n => Equal(n, r, shown)) : !theirs.ContainsKey(key(r))).Select(r => key(r).Length == 0 ? r : outcome[key(r)]).OfType<string[]>();
        return [.. merged, .. added];

        Dictionary<string, string[]>? ByKey(string[][] rows)
        {
            Dictionary<string, string[]> byKey = [];
            return rows.Where(r => key(r).Length > 0).All(r => byKey.TryAdd(key(r), r)) ? byKey : null;
        }
    }

    /// <summary>Whether two lists hold the same.</summary>
    public static bool Same(string[][] one, string[][] other, int shown) => one.Length == other.Length && one.Zip(other).All(pair => Equal(pair.First, pair.Second, shown));

    private static bool Equal(string[]? one, string[]? other, int shown) => one is null || other is null ? one == other : one.Take(shown).SequenceEqual(other.Take(shown));
}
