namespace AiaiaiDashboard.Core.Usage;

/// <summary>Orders of the sums of a table: by name, tokens or cost. A minus before the word turns it round: <c>cost</c>, <c>-name</c>.</summary>
/// <param name="Column"><c>name</c> (A first), or <c>input</c>, <c>output</c>, <c>cache</c>, <c>tokens</c>, <c>cost</c> (highest first).</param>
/// <param name="Reversed">Whether it is turned round.</param>
public readonly record struct UsageSumOrder(string Column, bool Reversed)
{
    private static readonly string[] Known = ["name", "input", "output", "cache", "tokens", "cost"];

    /// <summary>Reads an address; what it does not know is by cost.</summary>
    public static UsageSumOrder Parse(string? text)
    {
        string column = text?.TrimStart('-') ?? "";
        return Known.Contains(column) ? new UsageSumOrder(column, text!.StartsWith('-')) : new UsageSumOrder("cost", false);
    }

    /// <summary>Whether the smallest or A comes first.</summary>
    public bool Ascends => (Column == "name") != Reversed;

    /// <summary>The address of a click on the head of a column: another order, or this one turned round.</summary>
    public string Next(string column) => Column == column && !Reversed ? "-" + column : column;

    /// <summary>The rows in order; where two are equal they stay as they were.</summary>
    /// <param name="rows">The rows of one grouping.</param>
    /// <param name="nameOf">What a reader sees of a key.</param>
    public IReadOnlyList<UsageSum> Apply(IReadOnlyList<UsageSum> rows, Func<string, string> nameOf)
    {
        bool ascends = Ascends;
        IOrderedEnumerable<UsageSum> ordered = Column switch
        {
            "name" => ascends ? rows.OrderBy(r => nameOf(r.Keys[0]), StringComparer.OrdinalIgnoreCase) : rows.OrderByDescending(r => nameOf(r.Keys[0]), StringComparer.OrdinalIgnoreCase),
            "input" => By(r => r.TokensIn),
            "output" => By(r => r.TokensOut),
            "cache" => By(r => r.CacheRead),
            "tokens" => By(r => r.TotalTokens),
            _ => By(r => r.Cost),
        };
        return [.. ordered];

        IOrderedEnumerable<UsageSum> By<T>(Func<UsageSum, T> amount) => ascends ? rows.OrderBy(amount) : rows.OrderByDescending(amount);
    }
}
