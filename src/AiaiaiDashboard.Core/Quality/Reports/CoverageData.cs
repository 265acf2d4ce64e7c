using System.Runtime.InteropServices;

namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>The coverage one report states, per source file and in all.</summary>
internal sealed class CoverageData
{
    /// <summary>Most source files of one report.</summary>
    public const int MaxFiles = 100_000;

    /// <summary>Most lines of one report.</summary>
    public const int MaxUnits = 3_000_000;

    private readonly Dictionary<string, FileCoverage> files = new(StringComparer.Ordinal);
    private int units;

    /// <summary>Source files by path, as the report writes it.</summary>
    public IReadOnlyDictionary<string, FileCoverage> Files => files;

    /// <summary>Folders the paths are relative to, as the report writes them.</summary>
    public List<string> Folders { get; } = [];

    /// <summary>Lines in all, as the report states them; null where it states none.</summary>
    public (long Covered, long Total)? Stated { get; set; }

    /// <summary>Covered percentage where the report states nothing else.</summary>
    public decimal? StatedPercent { get; set; }

    /// <summary>Whether it tells anything.</summary>
    public bool IsEmpty => files.Count == 0 && Stated is null && StatedPercent is null;

    /// <summary>The source file with this path.</summary>
    /// <exception cref="InvalidDataException">There are too many.</exception>
    public FileCoverage File(string path)
    {
        ref FileCoverage? file = ref CollectionsMarshal.GetValueRefOrAddDefault(files, path, out bool exists);
        return exists || files.Count <= MaxFiles ? file ??= new FileCoverage() : throw new InvalidDataException("names more than 100,000 source files.");
    }

    /// <summary>A line, or for Go a block of statements, of a file.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="key">Line number, or place of the block.</param>
    /// <param name="weight">1 for a line, statements for a block.</param>
    /// <param name="hit">Whether it ran.</param>
    /// <exception cref="InvalidDataException">There are too many.</exception>
    public void Add(FileCoverage file, long key, int weight, bool hit)
    {
        if (file.Add(key, weight, hit) && ++units > MaxUnits)
        {
            throw new InvalidDataException("names more than 3,000,000 lines.");
        }
    }
}

/// <summary>The coverage of one source file: line by line, or only as two counts.</summary>
internal sealed class FileCoverage
{
    private Dictionary<long, (int Weight, bool Hit)>? units;
    private long total;
    private long covered;

    /// <summary>Lines in all.</summary>
    public long Total => units?.Values.Sum(u => (long)u.Weight) ?? total;

    /// <summary>Lines that ran.</summary>
    public long Covered => units?.Values.Sum(u => u.Hit ? (long)u.Weight : 0) ?? covered;

    /// <summary>Whether single lines are known.</summary>
    public bool HasLines => units is not null;

    /// <summary>Adds a line; one that is there ran if it ran in either. True where it is new.</summary>
    public bool Add(long key, int weight, bool hit)
    {
        units ??= [];
        ref (int Weight, bool Hit) unit = ref CollectionsMarshal.GetValueRefOrAddDefault(units, key, out bool exists);
        unit = (weight, hit || unit.Hit);
        return !exists;
    }

    /// <summary>Sets the counts of a file whose lines are not known.</summary>
    public void Set(long coveredLines, long allLines) => (covered, total) = (coveredLines, allLines);

    /// <summary>Both together: what ran in either report of one run ran. Without lines in both, the larger counts.</summary>
    public FileCoverage With(FileCoverage other)
    {
        if (units is null || other.units is null)
        {
            return other.Covered > Covered ? other : this;
        }

        var both = new FileCoverage { units = new Dictionary<long, (int Weight, bool Hit)>(units) };
        foreach ((long key, (int weight, bool hit)) in other.units)
        {
            both.Add(key, weight, hit);
        }

        return both;
    }
}
