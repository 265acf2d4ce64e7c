using System.Globalization;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>The figures and grouping texts of rows, texts as small numbers, in the order of the rows. Nothing is copied: it is a view of the index.</summary>
internal sealed class UsageColumns
{
    private readonly Lazy<int[]> session;
    private readonly int[] projects;
    private readonly int[] models;

    /// <summary>Columns of the figures that an index holds at some places.</summary>
    /// <param name="index">The rows.</param>
    /// <param name="owners">The projects they count for.</param>
    /// <param name="places">Places in it.</param>
    public UsageColumns(LedgerIndex index, ProjectNumbers owners, int[] places)
        : this(index, owners, places, new NameTable(), new NameTable(), [], [], places)
    {
    }

    private UsageColumns(
        LedgerIndex index, ProjectNumbers owners, int[] places, NameTable projectNames, NameTable modelNames, int[] knownProjects, int[] knownModels, ReadOnlySpan<int> unnumbered)
    {
        Projects = projectNames;
        Models = modelNames;
        // Projects and models are numbered anew, in the order of the rows, so that the numbers of those that count have no gaps.
        projects = new int[owners.Names.Count];
        models = new int[index.Models.Count];
        knownProjects.CopyTo(projects, 0);
        knownModels.CopyTo(models, 0);
        foreach (int place in unnumbered)
        {
            ref readonly UsageFacts facts = ref index.Facts(place);
            Number(projects, owners.Of(in facts), owners.Names, Projects);
            Number(models, facts.Model, index.Models, Models);
        }

        Facts = new FactColumn(index, places);
        Project = new ProjectColumn(index, places, owners, projects);
        Model = new ModelColumn(index, places, models);
        // Of use to few questions, and as many as there are rows.
        session = new Lazy<int[]>(() => Array.ConvertAll(places, place => Sessions.Add(index.Session(place))));
    }

    /// <summary>The figures. Their own numbers of texts are those of the index.</summary>
    public FactColumn Facts { get; }

    public ProjectColumn Project { get; }

    public ModelColumn Model { get; }

    public int[] Session => session.Value;

    /// <summary>The projects of the rows; one whose rows were all replaced may be left over.</summary>
    public NameTable Projects { get; }

    /// <summary>The models of the rows, likewise.</summary>
    public NameTable Models { get; }

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
        UsageGrouping.Day => IsoDay.Text(DateOnly.FromDayNumber(code)),
        UsageGrouping.Month => IsoDay.Month(new DateOnly(code / 12, (code % 12) + 1, 1)),
        UsageGrouping.Project => Projects[code],
        UsageGrouping.Model => Models[code],
        _ => Sessions[code],
    };

    private static int MonthOf(int day)
    {
        DateOnly date = DateOnly.FromDayNumber(day);
        return (date.Year * 12) + date.Month - 1;
    }

    /// <summary>The columns after some rows changed: what was numbered keeps its number.</summary>
    /// <param name="index">A fork of the index.</param>
    /// <param name="owners">The projects its rows count for.</param>
    /// <param name="places">All places, in order.</param>
    /// <param name="added">Those among them that are new.</param>
    public UsageColumns With(LedgerIndex index, ProjectNumbers owners, int[] places, ReadOnlySpan<int> added) =>
        new(index, owners, places, Projects.Fork(), Models.Fork(), projects, models, added);

    // 0: not yet numbered.
    private static void Number(int[] numbers, int old, NameTable from, NameTable to)
    {
        if (numbers[old] == 0)
        {
            numbers[old] = to.Add(from[old]) + 1;
        }
    }

    /// <summary>The figures of rows.</summary>
    internal readonly struct FactColumn(LedgerIndex index, int[] places)
    {
        public int Length => places.Length;

        public ref readonly UsageFacts this[int row] => ref index.Facts(places[row]);
    }

    /// <summary>The projects of rows, as numbers of <see cref="Projects"/>.</summary>
    internal readonly struct ProjectColumn(LedgerIndex index, int[] places, ProjectNumbers owners, int[] numbers)
    {
        public int this[int row] => numbers[owners.Of(in index.Facts(places[row]))] - 1;
    }

    /// <summary>The models of rows, as numbers of <see cref="Models"/>.</summary>
    internal readonly struct ModelColumn(LedgerIndex index, int[] places, int[] numbers)
    {
        public int this[int row] => numbers[index.Facts(places[row]).Model] - 1;
    }
}
