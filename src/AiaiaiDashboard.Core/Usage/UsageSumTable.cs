namespace AiaiaiDashboard.Core.Usage;

/// <summary>One page of the sums of a table, found, ordered and added up: what a browser gets of a hundred thousand sessions.</summary>
/// <param name="Rows">The rows of the page.</param>
/// <param name="Count">Rows of all pages.</param>
/// <param name="Page">The page, from 1 on; the nearest there is.</param>
/// <param name="Pages">How many there are, at least 1.</param>
/// <param name="Total">Sum of the rows of all pages.</param>
/// <param name="AllCount">How many rows there are, found or not.</param>
/// <param name="AllCost">What those cost, USD: the whole that shares are parts of.</param>
public sealed record UsageSumTable(IReadOnlyList<UsageSum> Rows, int Count, int Page, int Pages, UsageSum Total, int AllCount, decimal AllCost)
{
    /// <summary>Longest text that is searched for.</summary>
    public const int MaxText = UsageEntries.MaxText;

    /// <summary>Makes the page.</summary>
    /// <param name="answer">The sums of one grouping.</param>
    /// <param name="order">Order of the rows.</param>
    /// <param name="text">Part of a key or of its name, any case; null or blank for all rows.</param>
    /// <param name="nameOf">What a reader sees of a key.</param>
    /// <param name="page">The page that is wanted.</param>
    /// <param name="size">Rows of a page.</param>
    public static UsageSumTable Of(UsageAnswer answer, UsageSumOrder order, string? text, Func<string, string> nameOf, int page, int size)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(nameOf);
        (IReadOnlyList<UsageSum> found, UsageSum total) = Find(answer, text, nameOf);
        int pages = Math.Max(1, (found.Count + size - 1) / size);
        page = Math.Clamp(page, 1, pages);
        return new UsageSumTable([.. order.Apply(found, nameOf).Skip((page - 1) * size).Take(size)], found.Count, page, pages, total, answer.Rows.Count, answer.Total.Cost);
    }

    /// <summary>The rows whose key or name has a text in it, in the order of the answer, and their sum.</summary>
    public static UsageAnswer Find(UsageAnswer answer, string? text, Func<string, string> nameOf)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(nameOf);
        string part = text?.Trim() ?? "";
        part = part.Length > MaxText ? part[..MaxText] : part;
        if (part.Length == 0)
        {
            return answer;
        }

        List<UsageSum> rows = [.. answer.Rows.Where(row => row.Keys[0].Contains(part, StringComparison.OrdinalIgnoreCase) || nameOf(row.Keys[0]).Contains(part, StringComparison.OrdinalIgnoreCase))];
        return new UsageAnswer(rows, rows.Aggregate(new UsageSum { Keys = [] }, Add));
    }

    private static UsageSum Add(UsageSum sum, UsageSum row) => sum with
    {
        Calls = sum.Calls + row.Calls,
        TokensIn = sum.TokensIn + row.TokensIn,
        TokensOut = sum.TokensOut + row.TokensOut,
        CacheWrite = sum.CacheWrite + row.CacheWrite,
        CacheWrite1h = sum.CacheWrite1h + row.CacheWrite1h,
        CacheRead = sum.CacheRead + row.CacheRead,
        IncompleteCalls = sum.IncompleteCalls + row.IncompleteCalls,
        Cost = sum.Cost + row.Cost,
        Unpriced = sum.Unpriced || row.Unpriced,
        FirstAt = sum.FirstAt is null || row.FirstAt < sum.FirstAt ? row.FirstAt ?? sum.FirstAt : sum.FirstAt,
        LastAt = sum.LastAt is null || row.LastAt > sum.LastAt ? row.LastAt ?? sum.LastAt : sum.LastAt,
    };
}
