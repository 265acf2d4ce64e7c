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

    public int[] Project { get; }

    public int[] Model { get; }

    public int[] Session { get; }

    public NameTable Projects { get; } = new();

    public NameTable Models { get; } = new();

    public NameTable Sessions { get; } = new();

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

/// <summary>Distinct texts, numbered in the order they came.</summary>
internal sealed class NameTable
{
    private readonly Dictionary<string, int> codes = new(StringComparer.Ordinal);
    private readonly List<string> names = [];
    private string? last;
    private int lastCode;

    public int Count => names.Count;

    public string this[int code] => names[code];

    public int CodeOf(string name) => codes.TryGetValue(name, out int code) ? code : -1;

    public int Add(string name)
    {
        // Sorted rows repeat their neighbour's text, mostly the same object.
        if (ReferenceEquals(name, last))
        {
            return lastCode;
        }

        if (!codes.TryGetValue(name, out int code))
        {
            code = names.Count;
            codes.Add(name, code);
            names.Add(name);
        }

        (last, lastCode) = (name, code);
        return code;
    }
}
