using System.Text;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>What the table of entries is ordered by.</summary>
public enum EntryOrder
{
    /// <summary>Last call, else the day; newest first.</summary>
    Time,

    /// <summary>Cost, highest first.</summary>
    Cost,

    /// <summary>All tokens, most first.</summary>
    Tokens,

    /// <summary>Project id, A first.</summary>
    Project,

    /// <summary>Model, A first.</summary>
    Model,
}

/// <summary>Which rows of the ledger a person looks at.</summary>
public sealed record EntryFilter
{
    /// <summary>First day, included.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day, included.</summary>
    public required DateOnly To { get; init; }

    /// <summary>One project id, or null for all.</summary>
    public string? Project { get; init; }

    /// <summary>One model, or null for all.</summary>
    public string? Model { get; init; }

    /// <summary>Part of a project id or session id, any case; null or empty for all.</summary>
    public string? Text { get; init; }

    /// <summary>Order of the rows.</summary>
    public EntryOrder Order { get; init; }

    /// <summary>Whether the order is turned round.</summary>
    public bool Reversed { get; init; }
}

/// <summary>One page of the rows of a filter, and what all of them add up to.</summary>
/// <param name="Rows">The rows of the page.</param>
/// <param name="Count">Rows of all pages.</param>
/// <param name="Page">The page, from 1 on; the nearest there is.</param>
/// <param name="Pages">How many there are, at least 1.</param>
/// <param name="Total">Sum of all rows.</param>
/// <param name="Cost">Cost of all rows, USD.</param>
/// <param name="Unpriced">Whether some of them have no price.</param>
public sealed record UsageEntryPage(IReadOnlyList<UsageRow> Rows, int Count, int Page, int Pages, UsageCounters Total, decimal Cost, bool Unpriced);

/// <summary>The rows of a filter, of which a page is shown. Rows become objects only where they are.</summary>
public sealed class UsageEntries
{
    /// <summary>Longest text that is searched for.</summary>
    public const int MaxText = 200;

    private readonly UsageReadModel usage;
    private readonly int[] positions;

    private UsageEntries(UsageReadModel usage, int[] positions, UsageCounters total, decimal cost, bool unpriced)
    {
        this.usage = usage;
        this.positions = positions;
        Total = total;
        Cost = cost;
        Unpriced = unpriced;
    }

    /// <summary>Rows in all.</summary>
    public int Count => positions.Length;

    /// <summary>Sum of all rows, not only of a page.</summary>
    public UsageCounters Total { get; }

    /// <summary>Cost of all rows, USD.</summary>
    public decimal Cost { get; }

    /// <summary>Whether some of them have no price.</summary>
    public bool Unpriced { get; }

    /// <summary>Finds and orders them. Time is proportional to the rows in the range.</summary>
    public static UsageEntries Of(UsageReadModel usage, EntryFilter filter)
    {
        ArgumentNullException.ThrowIfNull(usage);
        ArgumentNullException.ThrowIfNull(filter);
        UsageColumns columns = usage.Columns;
        (int from, int to) = usage.Range(filter.From, filter.To);
        int project = filter.Project is null ? -1 : columns.Projects.CodeOf(filter.Project);
        int model = filter.Model is null ? -1 : columns.Models.CodeOf(filter.Model);
        if ((filter.Project is not null && project < 0) || (filter.Model is not null && model < 0))
        {
            to = from;
        }

        string text = filter.Text?.Trim() ?? "";
        text = text.Length > MaxText ? text[..MaxText] : text;
        bool[] named = [.. Enumerable.Range(0, columns.Projects.Count).Select(code => columns.Projects[code].Contains(text, StringComparison.OrdinalIgnoreCase))];
        byte[] lower = Encoding.UTF8.GetBytes(text.ToLowerInvariant());
        var found = new List<int>();
        var total = default(UsageCell);
        bool unpriced = false;
        for (int row = from; row < to; row++)
        {
            ref readonly UsageFacts facts = ref columns.Facts[row];
            if ((project >= 0 && columns.Project[row] != project) || (model >= 0 && columns.Model[row] != model)
                || (text.Length > 0 && !named[columns.Project[row]] && !ContainsLower(usage.SessionUtf8(row), lower)))
            {
                continue;
            }

            found.Add(row);
            total.Calls += facts.Calls;
            total.TokensIn += facts.TokensIn;
            total.TokensOut += facts.TokensOut;
            total.CacheWrite += facts.CacheWrite;
            total.CacheRead += facts.CacheRead;
            total.Cost += facts.Cost;
            unpriced |= facts.Unpriced;
        }

        int[] positions = [.. found];
        Sort(positions, columns, filter);
        var counters = new UsageCounters { Calls = total.Calls, TokensIn = total.TokensIn, TokensOut = total.TokensOut, CacheWrite = total.CacheWrite, CacheRead = total.CacheRead };
        return new UsageEntries(usage, positions, counters, total.Cost, unpriced);
    }

    /// <summary>The rows of a page; pages count from 1, those there are not have none.</summary>
    public IReadOnlyList<UsageRow> Page(int page, int size)
    {
        long start = (page - 1L) * size;
        return start < 0 || start >= positions.Length ? [] : [.. positions.Skip((int)start).Take(size).Select(usage.Row)];
    }

    /// <summary>The page nearest to the one that is wanted.</summary>
    public UsageEntryPage Nearest(int page, int size)
    {
        int pages = Math.Max(1, (Count + size - 1) / size);
        page = Math.Clamp(page, 1, pages);
        return new UsageEntryPage(Page(page, size), Count, page, pages, Total, Cost, Unpriced);
    }

    /// <summary>All rows, in order.</summary>
    public IEnumerable<UsageRow> All() => positions.Select(usage.Row);

    // Positions are in the order of keys; where two rows are equal that order stays.
    private static void Sort(int[] positions, UsageColumns columns, EntryFilter filter)
    {
        UsageColumns.FactColumn facts = columns.Facts;
        Comparison<int> compare = filter.Order switch
        {
            EntryOrder.Cost => (a, b) => facts[b].Cost.CompareTo(facts[a].Cost),
            EntryOrder.Tokens => (a, b) => facts[b].TotalTokens.CompareTo(facts[a].TotalTokens),
            EntryOrder.Project => (a, b) => string.CompareOrdinal(columns.Projects[columns.Project[a]], columns.Projects[columns.Project[b]]),
            EntryOrder.Model => (a, b) => string.CompareOrdinal(columns.Models[columns.Model[a]], columns.Models[columns.Model[b]]),
            _ => (a, b) => facts[a].Day != facts[b].Day ? facts[b].Day.CompareTo(facts[a].Day) : facts[b].LastAt.CompareTo(facts[a].LastAt),
        };
        int direction = filter.Reversed ? -1 : 1;
        Array.Sort(positions, (a, b) => compare(a, b) is var order && order != 0 ? direction * order : a.CompareTo(b));
    }

    // Ids are ASCII; other letters compare as they are.
    private static bool ContainsLower(ReadOnlySpan<byte> session, ReadOnlySpan<byte> lower)
    {
        for (int start = 0; start + lower.Length <= session.Length; start++)
        {
            int at = 0;
            while (at < lower.Length && (session[start + at] is >= (byte)'A' and <= (byte)'Z' ? session[start + at] | 0x20 : session[start + at]) == lower[at])
            {
                at++;
            }

            if (at == lower.Length)
            {
                return true;
            }
        }

        return false;
    }
}
