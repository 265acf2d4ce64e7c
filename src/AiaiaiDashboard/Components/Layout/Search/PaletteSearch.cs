namespace AiaiaiDashboard.Components.Layout.Search;

/// <summary>Finds entries by what somebody types: every word must occur, the best match first, ties in the order given.</summary>
public static class PaletteSearch
{
    /// <summary>How many entries are shown at the most; typing on narrows them down.</summary>
    public const int MaxEntries = 12;

    /// <summary>How many projects the project filter lists at the most.</summary>
    public const int MaxProjects = 50;

    private const int StartOfTitle = 0;
    private const int StartOfWord = 1;
    private const int InTitle = 2;
    private const int InDetail = 3;
    private const int Letters = 4;

    /// <summary>The entries that match, at most <paramref name="max"/>; the first ones for an empty query.</summary>
    public static IReadOnlyList<PaletteEntry> Find(IEnumerable<PaletteEntry> entries, string query, int max = MaxEntries)
    {
        string[] words = query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return [.. entries
            .Select(entry => (Entry: entry, Rank: Rank(entry, words)))
            .Where(match => match.Rank is not null)
            .OrderBy(match => match.Rank)
            .Take(max)
            .Select(match => match.Entry)];
    }

    /// <summary>Where an arrow key leads from a position in a list, round its ends; other keys stay.</summary>
    public static int Step(string key, int position, int count) => key switch
    {
        "ArrowDown" when count > 0 => (position + 1) % count,
        "ArrowUp" when count > 0 => (position + count - 1) % count,
        _ => position,
    };

    /// <summary>The sum over the words of how well each matches, the smaller the better; null where one does not match at all.</summary>
    private static int? Rank(PaletteEntry entry, string[] words)
    {
        int sum = 0;
        foreach (string word in words)
        {
            if (RankOf(entry, word) is not { } rank)
            {
                return null;
            }

            sum += rank;
        }

        return sum;
    }

    private static int? RankOf(PaletteEntry entry, string word)
    {
        int at = entry.Title.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        if (at == 0)
        {
            return StartOfTitle;
        }

        if (at > 0)
        {
            return char.IsLetterOrDigit(entry.Title[at - 1]) ? InTitle : StartOfWord;
        }

        return entry.Detail.Contains(word, StringComparison.OrdinalIgnoreCase) ? InDetail
            : HasLettersInOrder(entry.Title, word) ? Letters
            : null;
    }

    // "sfa" finds "storefront-api".
    private static bool HasLettersInOrder(string title, string word)
    {
        int found = 0;
        foreach (char letter in title)
        {
            if (found < word.Length && char.ToUpperInvariant(letter) == char.ToUpperInvariant(word[found]))
            {
                found++;
            }
        }

        return word.Length > 1 && found == word.Length;
    }
}
