namespace AiaiaiDashboard.Core.Usage;

/// <summary>The projects for which the rows of an index count: their own, or the one they were merged into.</summary>
internal sealed class ProjectNumbers
{
    private readonly int[] numbers;
    private readonly bool[] moved;

    /// <summary>Numbers the projects of an index.</summary>
    /// <param name="index">The rows.</param>
    /// <param name="owners">Project ids that count for others; null for none.</param>
    public ProjectNumbers(LedgerIndex index, IReadOnlyDictionary<string, string>? owners)
    {
        numbers = new int[index.Projects.Count];
        moved = new bool[index.Projects.Count];
        for (int code = 0; code < numbers.Length; code++)
        {
            string name = index.Projects[code];
            string? owner = null;
            moved[code] = owners?.TryGetValue(name, out owner) == true;
            numbers[code] = Names.Add(owner ?? name);
        }
    }

    /// <summary>The texts of the numbers.</summary>
    public NameTable Names { get; } = new();

    /// <summary>The number of the project a row counts for.</summary>
    public int Of(in UsageFacts facts) => numbers[facts.Project];

    /// <summary>A row of the index as it counts.</summary>
    public UsageRow Row(LedgerIndex index, int place)
    {
        UsageRow row = index.Row(place);
        int code = index.Facts(place).Project;
        return moved[code] ? row with { Project = Names[numbers[code]] } : row;
    }
}
