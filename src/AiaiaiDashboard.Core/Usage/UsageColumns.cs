using System.Globalization;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>The grouping texts of rows as small numbers, one array per column, in the order of the rows.</summary>
internal sealed class UsageColumns
{
    private readonly Lazy<int[]> session;

    /// <summary>Columns of the figures that an index holds at some places.</summary>
    /// <param name="index">The rows.</param>
    /// <param name="owners">The projects they count for.</param>
    /// <param name="places">Places in it.</param>
    public UsageColumns(LedgerIndex index, ProjectNumbers owners, int[] places)
    {
        Facts = new UsageFacts[places.Length];
        Project = new int[places.Length];
        Model = new int[places.Length];
        // Projects and models are numbered anew, so that there is a row for every number.
        int[] projects = new int[owners.Names.Count];
        int[] models = new int[index.Models.Count];
        for (int i = 0; i < places.Length; i++)
        {
            ref UsageFacts facts = ref Facts[i];
            facts = index.Facts(places[i]);
            Project[i] = Renumber(projects, owners.Of(in facts), owners.Names, Projects);
            Model[i] = Renumber(models, facts.Model, index.Models, Models);
        }

        // Of use to few questions, and as many as there are rows.
        session = new Lazy<int[]>(() => Array.ConvertAll(places, place => Sessions.Add(index.Session(place))));
    }

    /// <summary>The figures. Their own numbers of texts are those of the index.</summary>
    public UsageFacts[] Facts { get; }

    public int[] Project { get; }

    public int[] Model { get; }

    public int[] Session => session.Value;

    public NameTable Projects { get; } = new();

    public NameTable Models { get; } = new();

    /// <summary>Filled once <see cref="Session"/> was asked for.</summary>
    public NameTable Sessions { get; } = new();

    /// <summary>The number by which a row is grouped.</summary>
    public int CodeOf(UsageGrouping grouping, int row) => grouping switch
    {
        UsageGrouping.Day => Facts[row].Day,
        UsageGrouping.Month => MonthOf(Facts[row].Day),
        UsageGrouping.Project => Project[row],
        UsageGrouping.Model => Model[row],
        UsageGrouping.Session => Session[row],
        _ => throw new ArgumentOutOfRangeException(nameof(grouping), grouping, "Not a grouping."),
    };

    /// <summary>The text of such a number.</summary>
    public string TextOf(UsageGrouping grouping, int code) => grouping switch
    {
        UsageGrouping.Day => DateOnly.FromDayNumber(code).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        UsageGrouping.Month => new DateOnly(code / 12, (code % 12) + 1, 1).ToString("yyyy-MM", CultureInfo.InvariantCulture),
        UsageGrouping.Project => Projects[code],
        UsageGrouping.Model => Models[code],
        _ => Sessions[code],
    };

    private static int MonthOf(int day)
    {
        DateOnly date = DateOnly.FromDayNumber(day);
        return (date.Year * 12) + date.Month - 1;
    }

    // 0: not yet numbered.
    private static int Renumber(int[] numbers, int old, NameTable from, NameTable to)
    {
        if (numbers[old] == 0)
        {
            numbers[old] = to.Add(from[old]) + 1;
        }

        return numbers[old] - 1;
    }
}
