namespace AiaiaiDashboard.Core.Usage;

/// <summary>
/// The ledger, indexed for questions. Immutable. One measured source counts per project and day: transcripts where there are any,
/// else the Admin API; rows typed by hand are always added (CONTRACT.md §2).
/// </summary>
public sealed class UsageReadModel
{
    /// <summary>A ledger without rows.</summary>
    public static readonly UsageReadModel Empty = new([], DateOnly.MaxValue);

    private readonly UsageRow[] rows;

    /// <summary>Indexes <paramref name="source"/>; rows that another source outranks and rows dated after today are left out.</summary>
    /// <param name="source">Current rows of the ledger, one per key, any order.</param>
    /// <param name="today">Rows dated later count in no answer.</param>
    public UsageReadModel(IEnumerable<UsageRow> source, DateOnly today)
    {
        UsageRow[] all = [.. source];
        SortByKey(all);
        Today = today;
        int count = LowerBound(all, today, included: false);
        Future = all[count..];
        (rows, Outranked) = Rank(all.AsSpan(0, count));
        Columns = new UsageColumns(rows);
    }

    /// <summary>The day the answers belong to.</summary>
    public DateOnly Today { get; }

    /// <summary>Rows that count.</summary>
    public int RowCount => rows.Length;

    /// <summary>Rows that count, ordered by key.</summary>
    public IReadOnlyList<UsageRow> Rows => rows;

    /// <summary>Admin API rows of projects and days that have transcripts: shown beside those, counted nowhere. Ordered by key.</summary>
    public IReadOnlyList<UsageRow> Outranked { get; }

    /// <summary>Rows dated after today: they count from their day on. Ordered by key.</summary>
    public IReadOnlyList<UsageRow> Future { get; }

    /// <summary>The texts of the rows as numbers, for grouping.</summary>
    internal UsageColumns Columns { get; }

    /// <summary>The same ledger as seen on another day.</summary>
    public UsageReadModel AsOf(DateOnly day) => day == Today ? this : new UsageReadModel(rows.Concat(Outranked).Concat(Future), day);

    /// <summary>Answers a query. Cost is proportional to the rows in its range.</summary>
    public UsageAnswer Query(UsageQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        (int from, int to) = Range(query.Since, query.Until);
        if (query.Project is null)
        {
            return UsageGrouper.Group(rows, Columns, from, to, project: null, query.By);
        }

        int project = Columns.Projects.CodeOf(query.Project);
        return UsageGrouper.Group(rows, Columns, project < 0 ? to : from, to, project, query.By);
    }

    /// <summary>The rows of a range of days, both included, as positions in <see cref="Rows"/>: from the first up to and without the second.</summary>
    internal (int From, int To) Range(DateOnly? since, DateOnly? until)
    {
        int from = since is { } first ? LowerBound(rows, first, included: true) : 0;
        int to = until is { } last ? LowerBound(rows, last, included: false) : rows.Length;
        return (Math.Min(from, to), to);
    }

    private static void SortByKey(UsageRow[] all)
    {
        for (int i = 1; i < all.Length; i++)
        {
            if (Compare(all[i - 1], all[i]) > 0)
            {
                Array.Sort(all, Compare);
                return;
            }
        }
    }

    // As UsageKey.Order, without building two keys per comparison.
    private static int Compare(UsageRow left, UsageRow right)
    {
        int order = left.Date.CompareTo(right.Date);
        order = order != 0 ? order : string.CompareOrdinal(left.Project, right.Project);
        order = order != 0 ? order : string.CompareOrdinal(left.Session, right.Session);
        order = order != 0 ? order : string.CompareOrdinal(left.Model, right.Model);
        return order != 0 ? order : string.CompareOrdinal(left.Source, right.Source);
    }

    // First position whose date is not before the day (included) or is after it (not included).
    private static int LowerBound(UsageRow[] sorted, DateOnly day, bool included)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            bool before = included ? sorted[middle].Date < day : sorted[middle].Date <= day;
            (low, high) = before ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    // Rows of one project and day stand together: their key begins with both.
    private static (UsageRow[] Counted, UsageRow[] Outranked) Rank(ReadOnlySpan<UsageRow> sorted)
    {
        var counted = new List<UsageRow>(sorted.Length);
        var outranked = new List<UsageRow>();
        for (int start = 0; start < sorted.Length;)
        {
            int end = start + 1;
            bool hasTranscripts = sorted[start].Source == UsageSource.ClaudeCode;
            while (end < sorted.Length && sorted[end].Date == sorted[start].Date && sorted[end].Project == sorted[start].Project)
            {
                hasTranscripts |= sorted[end].Source == UsageSource.ClaudeCode;
                end++;
            }

            for (; start < end; start++)
            {
                (hasTranscripts && sorted[start].Source == UsageSource.AnthropicAdmin ? outranked : counted).Add(sorted[start]);
            }
        }

        return ([.. counted], [.. outranked]);
    }
}
