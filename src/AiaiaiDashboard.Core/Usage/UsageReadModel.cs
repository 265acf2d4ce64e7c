using AiaiaiDashboard.Core.Analytics;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>
/// The ledger, indexed for questions. Immutable. One measured source counts per project and day: transcripts where there are any,
/// else the Admin API, else what tokens.json holds of an earlier API sync; rows typed by hand are always added (CONTRACT.md §2).
/// </summary>
public sealed class UsageReadModel
{
    /// <summary>A ledger without rows.</summary>
    public static readonly UsageReadModel Empty = new([], DateOnly.MaxValue);

    private readonly LedgerIndex index;
    private readonly IReadOnlyDictionary<string, string>? owners;
    private readonly Lazy<UsageRow[]> rows;
    private readonly Lazy<UsageRow[]> outranked;
    private readonly Lazy<UsageRow[]> future;
    private readonly Lazy<UsageDay[]> days;
    private readonly int[] all;
    private readonly int[] places;
    private readonly int[] beaten;
    private readonly ProjectNumbers projects;

    /// <summary>Indexes <paramref name="source"/>; rows that another source outranks and rows dated after today are left out.</summary>
    /// <param name="source">Current rows of the ledger, one per key, any order.</param>
    /// <param name="today">Rows dated later count in no answer.</param>
    /// <param name="owners">Project ids whose rows count for another project; null for none.</param>
    public UsageReadModel(IEnumerable<UsageRow> source, DateOnly today, IReadOnlyDictionary<string, string>? owners = null)
        : this(IndexOf(source), today, owners)
    {
    }

    /// <summary>Indexes a ledger that does not change from now on. Rows become objects only when they are asked for.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="today">Rows dated later count in no answer.</param>
    /// <param name="owners">Project ids whose rows count for another project; null for none.</param>
    public UsageReadModel(UsageLedger ledger, DateOnly today, IReadOnlyDictionary<string, string>? owners = null)
        : this(ledger.Index, today, owners)
    {
    }

    private UsageReadModel(LedgerIndex index, DateOnly today, IReadOnlyDictionary<string, string>? owners)
    {
        this.index = index;
        this.owners = owners;
        Today = today;
        projects = new ProjectNumbers(index, owners);
        all = UsageOrder.ByKey(index, projects);
        (places, beaten) = UsageRanking.Rank(index, projects, all.AsSpan(0, UsageOrder.CountUntil(index, all, today.DayNumber)));
        Columns = new UsageColumns(index, projects, places);
        days = new Lazy<UsageDay[]>(() => UsageDay.Of(Columns));
        (rows, outranked, future) = RowsOf();
    }

    // The ledger of another model with other rows on some days: only those are put in order, ranked and added up.
    private UsageReadModel(UsageReadModel before, LedgerIndex index, int[] added)
    {
        this.index = index;
        owners = before.owners;
        Today = before.Today;
        projects = new ProjectNumbers(index, owners);
        var allOfDays = new SortedDictionary<int, int[]>();
        var countedOfDays = new SortedDictionary<int, int[]>();
        var beatenOfDays = new SortedDictionary<int, int[]>();
        foreach (IGrouping<int, int> day in added.GroupBy(place => index.Facts(place).Day))
        {
            (int from, int to) = (UsageOrder.CountUntil(index, before.all, day.Key - 1), UsageOrder.CountUntil(index, before.all, day.Key));
            int[] sorted = UsageOrder.ByKey(index, projects, [.. before.all.AsSpan(from, to - from), .. day]);
            allOfDays[day.Key] = sorted;
            (countedOfDays[day.Key], beatenOfDays[day.Key]) = day.Key <= Today.DayNumber ? UsageRanking.Rank(index, projects, sorted) : ([], []);
        }

        all = UsageOrder.Replace(index, before.all, allOfDays);
        places = UsageOrder.Replace(index, before.places, countedOfDays);
        beaten = UsageOrder.Replace(index, before.beaten, beatenOfDays);
        Columns = before.Columns.With(index, projects, places, [.. countedOfDays.Values.SelectMany(day => day)]);
        Memo = before.Memo.Without(added.Select(place => Columns.Projects.CodeOf(projects.Names[projects.Of(in index.Facts(place))])).ToHashSet());
        days = before.days.IsValueCreated
            ? new Lazy<UsageDay[]>(UsageDay.With(before.Days, Columns, countedOfDays.Keys))
            : new Lazy<UsageDay[]>(() => UsageDay.Of(Columns));
        (rows, outranked, future) = RowsOf();
    }

    /// <summary>The day the answers belong to.</summary>
    public DateOnly Today { get; }

    /// <summary>Rows that count.</summary>
    public int RowCount => Columns.Facts.Length;

    /// <summary>Rows that count, ordered by key.</summary>
    public IReadOnlyList<UsageRow> Rows => rows.Value;

    /// <summary>Admin API rows of projects and days that a better source has too: shown beside that, counted nowhere. Ordered by key.</summary>
    public IReadOnlyList<UsageRow> Outranked => outranked.Value;

    /// <summary>Rows dated after today: they count from their day on. Ordered by key.</summary>
    public IReadOnlyList<UsageRow> Future => future.Value;

    /// <summary>The texts of the rows as numbers, for grouping.</summary>
    internal UsageColumns Columns { get; }

    /// <summary>Figures of projects that were computed from these rows.</summary>
    internal ScopeMemo Memo { get; } = new();

    /// <summary>The days with usage, oldest first, added up.</summary>
    internal UsageDay[] Days => days.Value;

    /// <summary>The same ledger as seen on another day.</summary>
    public UsageReadModel AsOf(DateOnly day) => day == Today ? this : new UsageReadModel(index, day, owners);

    /// <summary>
    /// This ledger with some rows added, or replaced where their key is known; of a key given twice the last counts. Work is proportional to the rows of the days
    /// concerned, and this model stays as it is.
    /// </summary>
    public UsageReadModel With(IReadOnlyCollection<UsageRow> changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        var last = new Dictionary<UsageKey, UsageRow>();
        foreach (UsageRow row in changed)
        {
            last[row.Key] = row;
        }

        LedgerIndex fork = index.Fork();
        foreach (IGrouping<int, UsageKey> day in last.Keys.GroupBy(key => key.Date.DayNumber))
        {
            int to = UsageOrder.CountUntil(index, all, day.Key);
            HashSet<UsageKey> keys = [.. day];
            for (int at = UsageOrder.CountUntil(index, all, day.Key - 1); at < to; at++)
            {
                if (keys.Contains(index.Key(all[at])))
                {
                    fork.Clear(all[at]);
                }
            }
        }

        int first = fork.Count;
        foreach (UsageRow row in last.Values)
        {
            fork.Put(row, unique: true);
        }

        return new UsageReadModel(this, fork, [.. Enumerable.Range(first, fork.Count - first)]);
    }

    /// <summary>Answers a query. Cost is proportional to the rows in its range.</summary>
    public UsageAnswer Query(UsageQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        (int from, int to) = Range(query.Since, query.Until);
        if (query.Project is null)
        {
            return UsageGrouper.Group(Columns, from, to, project: null, query.By);
        }

        int project = Columns.Projects.CodeOf(query.Project);
        return UsageGrouper.Group(Columns, project < 0 ? to : from, to, project, query.By);
    }

    /// <summary>The rows of a range of days, both included, as positions in <see cref="Rows"/>: from the first up to and without the second.</summary>
    internal (int From, int To) Range(DateOnly? since, DateOnly? until)
    {
        UsageColumns.FactColumn facts = Columns.Facts;
        int from = since is { } first ? UsageOrder.FirstFrom(facts, first.DayNumber) : 0;
        int to = until is { } last ? UsageOrder.FirstFrom(facts, last.DayNumber + 1) : facts.Length;
        return (Math.Min(from, to), to);
    }

    /// <summary>The sessions of the rows from <paramref name="from"/> up to and without <paramref name="to"/> as numbers from 0 on; -1 for none.</summary>
    internal (int[] Codes, int Count) Sessions(int from, int to)
    {
        var names = new NameTable();
        int[] codes = new int[to - from];
        for (int row = from; row < to; row++)
        {
            ReadOnlySpan<byte> session = index.Session(places[row]);
            codes[row - from] = session.IsEmpty ? -1 : names.Add(session);
        }

        return (codes, names.Count);
    }

    /// <summary>The session of a row.</summary>
    internal ReadOnlySpan<byte> SessionUtf8(int row) => index.Session(places[row]);

    /// <summary>The row at a position, as it counts.</summary>
    internal UsageRow Row(int row) => rows.IsValueCreated ? rows.Value[row] : projects.Row(index, places[row]);

    /// <summary>What a row cost by hour; null where that is not known.</summary>
    internal IReadOnlyDictionary<string, decimal>? Hours(int row) => index.Row(places[row]).Hours;

    /// <summary>Whether a row counts anything.</summary>
    internal static bool HasUsage(UsageRow row) => row.Calls > 0 || row.TotalTokens > 0 || row.Cost != 0;

    /// <summary>Whether a row comes from tokens.json, where another program's API sync put it.</summary>
    internal static bool IsEarlierApiSync(UsageRow row) => row.Source == UsageSource.AnthropicAdmin && row.Session == Manual.ManualEntry.AutoSync;

    private (Lazy<UsageRow[]> Counted, Lazy<UsageRow[]> Outranked, Lazy<UsageRow[]> Future) RowsOf()
    {
        return (Rows(places), Rows(beaten), new Lazy<UsageRow[]>(() => Array.ConvertAll(all[UsageOrder.CountUntil(index, all, Today.DayNumber)..], place => projects.Row(index, place))));

        Lazy<UsageRow[]> Rows(int[] some) => new(() => Array.ConvertAll(some, place => projects.Row(index, place)));
    }

    private static LedgerIndex IndexOf(IEnumerable<UsageRow> source)
    {
        var index = new LedgerIndex();
        foreach (UsageRow row in source)
        {
            index.Put(row, unique: true);
        }

        return index;
    }
}
