namespace AiaiaiDashboard.Core.Usage;

/// <summary>
/// The ledger, indexed for questions. Immutable. One measured source counts per project and day: transcripts where there are any,
/// else the Admin API, else what tokens.json holds of an earlier API sync; rows typed by hand are always added (CONTRACT.md §2).
/// </summary>
public sealed class UsageReadModel
{
    /// <summary>A ledger without rows.</summary>
    public static readonly UsageReadModel Empty = new([], DateOnly.MaxValue);

    // Measured sources by how much they are worth; 0 is none.
    private const int EarlierApiSync = 1;
    private const int ApiSync = 2;
    private const int Transcripts = 3;

    private readonly UsageRow[] rows;

    /// <summary>Indexes <paramref name="source"/>; rows that another source outranks and rows dated after today are left out.</summary>
    /// <param name="source">Current rows of the ledger, one per key, any order.</param>
    /// <param name="today">Rows dated later count in no answer.</param>
    /// <param name="owners">Project ids that count for others (see <see cref="Projects.ProjectOwners"/>).</param>
    public UsageReadModel(IEnumerable<UsageRow> source, DateOnly today, IReadOnlyDictionary<string, string>? owners = null)
    {
        // Rows of zeros say that calls moved elsewhere; they are no usage.
        UsageRow[] all = owners is null or { Count: 0 }
            ? [.. source.Where(HasUsage)]
            : [.. source.Where(HasUsage).Select(row => owners.TryGetValue(row.Project, out string? owner) ? row with { Project = owner } : row)];
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

    /// <summary>Admin API rows of projects and days that a better source has too: shown beside that, counted nowhere. Ordered by key.</summary>
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

    /// <summary>Whether a row counts anything.</summary>
    internal static bool HasUsage(UsageRow row) => row.Calls > 0 || row.TotalTokens > 0 || row.Cost != 0;

    /// <summary>Whether a row comes from tokens.json, where another program's API sync put it.</summary>
    internal static bool IsEarlierApiSync(UsageRow row) => row.Source == UsageSource.AnthropicAdmin && row.Session == Manual.ManualEntry.AutoSync;

    // Rows of one project and day stand together: their key begins with both.
    private static (UsageRow[] Counted, UsageRow[] Outranked) Rank(ReadOnlySpan<UsageRow> sorted)
    {
        var counted = new List<UsageRow>(sorted.Length);
        var outranked = new List<UsageRow>();
        for (int start = 0; start < sorted.Length;)
        {
            int end = start + 1;
            int best = Standing(sorted[start]);
            while (end < sorted.Length && sorted[end].Date == sorted[start].Date && sorted[end].Project == sorted[start].Project)
            {
                best = Math.Max(best, Standing(sorted[end]));
                end++;
            }

            for (; start < end; start++)
            {
                UsageRow row = sorted[start];
                bool beaten = row.Source == UsageSource.AnthropicAdmin && best > (IsEarlierApiSync(row) ? EarlierApiSync : ApiSync);
                (beaten ? outranked : counted).Add(row);
            }
        }

        return ([.. counted], [.. outranked]);
    }

    // A row of zeros, left by usage that moved to another row, stands for nothing.
    private static int Standing(UsageRow row) => !HasUsage(row) ? 0
        : row.Source == UsageSource.ClaudeCode ? Transcripts
        : row.Source != UsageSource.AnthropicAdmin ? 0
        : IsEarlierApiSync(row) ? EarlierApiSync : ApiSync;
}
