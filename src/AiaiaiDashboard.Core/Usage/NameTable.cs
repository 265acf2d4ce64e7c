namespace AiaiaiDashboard.Core.Usage;

/// <summary>
/// Distinct texts, numbered in the order they came. A table may stand on another one: it holds only what came later, and the numbers below stay.
/// </summary>
internal sealed class NameTable
{
    /// <summary>Texts from which a table that stands on another is worth being made one.</summary>
    private const int MaxOnTop = 4096;

    private readonly NameTable? below;
    private readonly int first;
    private readonly Dictionary<string, int> codes;
    private readonly List<string> names;
    private string? last;
    private int lastCode;

    public NameTable()
    {
        codes = new Dictionary<string, int>(StringComparer.Ordinal);
        names = [];
    }

    private NameTable(NameTable whole, IEnumerable<string> onTop)
    {
        below = whole;
        first = whole.Count;
        codes = new Dictionary<string, int>(StringComparer.Ordinal);
        names = [];
        foreach (string name in onTop)
        {
            Append(name);
        }
    }

    public int Count => first + names.Count;

    public string this[int code] => code < first ? below![code] : names[code - first];

    public int CodeOf(string name)
    {
        int code = below?.CodeOf(name) ?? -1;
        return code >= 0 ? code : codes.GetValueOrDefault(name, -1);
    }

    /// <summary>A table to go on with; this one stays as it is.</summary>
    public NameTable Continue()
    {
        if (below is null)
        {
            return new NameTable(this, []);
        }

        // Never more than two: what is on top is copied, and becomes one with what is below once it is much.
        if (names.Count < MaxOnTop)
        {
            return new NameTable(below, names);
        }

        var whole = new NameTable();
        for (int code = 0; code < Count; code++)
        {
            whole.Append(this[code]);
        }

        return new NameTable(whole, []);
    }

    public int Add(string name)
    {
        // Sorted rows repeat their neighbour's text, mostly the same object.
        if (ReferenceEquals(name, last))
        {
            return lastCode;
        }

        int code = CodeOf(name);
        code = code >= 0 ? code : Append(name);
        (last, lastCode) = (name, code);
        return code;
    }

    private int Append(string name)
    {
        int code = Count;
        codes.Add(name, code);
        names.Add(name);
        return code;
    }
}
