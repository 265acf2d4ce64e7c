using System.Globalization;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>The grouping texts of rows as small numbers, one array per column, in the order of the rows.</summary>
internal sealed class UsageColumns
{
    /// <summary>Numbers the texts of <paramref name="rows"/>.</summary>
    public UsageColumns(UsageRow[] rows)
    {
        Project = new int[rows.Length];
        Model = new int[rows.Length];
        Session = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            Project[i] = Projects.Add(rows[i].Project);
            Model[i] = Models.Add(rows[i].Model);
            Session[i] = Sessions.Add(rows[i].Session);
        }
    }

    // A copy with some positions cut out and others put in; the tables go on where they were.
    private UsageColumns(int[] project, int[] model, int[] session, NameTable projects, NameTable models, NameTable sessions)
    {
        (Project, Model, Session, Projects, Models, Sessions) = (project, model, session, projects, models, sessions);
    }

    public int[] Project { get; }

    public int[] Model { get; }

    public int[] Session { get; }

    public NameTable Projects { get; } = new();

    public NameTable Models { get; } = new();

    public NameTable Sessions { get; } = new();

    /// <summary>The columns of <paramref name="rows"/>, which equal ours up to <paramref name="start"/> and from <paramref name="newEnd"/> (ours from <paramref name="oldEnd"/>) on.</summary>
    public UsageColumns Splice(UsageRow[] rows, int start, int oldEnd, int newEnd)
    {
        var spliced = new UsageColumns(
            Cut(Project, rows.Length, start, oldEnd, newEnd), Cut(Model, rows.Length, start, oldEnd, newEnd), Cut(Session, rows.Length, start, oldEnd, newEnd),
            Projects.Continue(), Models.Continue(), Sessions.Continue());
        for (int i = start; i < newEnd; i++)
        {
            spliced.Project[i] = spliced.Projects.Add(rows[i].Project);
            spliced.Model[i] = spliced.Models.Add(rows[i].Model);
            spliced.Session[i] = spliced.Sessions.Add(rows[i].Session);
        }

        return spliced;
    }

    private static int[] Cut(int[] column, int length, int start, int oldEnd, int newEnd)
    {
        int[] cut = new int[length];
        column.AsSpan(0, start).CopyTo(cut);
        column.AsSpan(oldEnd).CopyTo(cut.AsSpan(newEnd));
        return cut;
    }

    /// <summary>The number by which a row is grouped.</summary>
    public int CodeOf(UsageGrouping grouping, UsageRow[] rows, int row) => grouping switch
    {
        UsageGrouping.Day => rows[row].Date.DayNumber,
        UsageGrouping.Month => (rows[row].Date.Year * 12) + rows[row].Date.Month - 1,
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
}
