namespace AiaiaiDashboard.Core.Projects.Manifests;

/// <summary>What the manifests of a project say. Filled by the readers of the single formats.</summary>
internal sealed class ManifestFacts
{
    /// <summary>Most entries of <see cref="Stack"/>.</summary>
    public const int MaxStack = 12;

    private readonly List<string> stack = [];
    private readonly List<string> reasons = [];

    /// <summary>One line; empty where no manifest has one. The first manifest that has one wins.</summary>
    public string Description { get; private set; } = "";

    /// <summary>Languages and frameworks in the order they were found, without repeats.</summary>
    public IReadOnlyList<string> Stack => stack;

    /// <summary>What could not be read and why, one sentence each, naming the file.</summary>
    public IReadOnlyList<string> Reasons => reasons;

    /// <summary>Adds a language or framework.</summary>
    public void Add(string technology)
    {
        if (stack.Count < MaxStack && !stack.Contains(technology))
        {
            stack.Add(technology);
        }
    }

    /// <summary>Offers a description; only the first that says something is kept.</summary>
    public void Describe(string? text)
    {
        if (Description.Length == 0 && text is not null)
        {
            Description = ProjectNames.OneLine(text, ProjectNames.MaxDescription);
        }
    }

    /// <summary>Notes what could not be read.</summary>
    public void Missing(string reason)
    {
        if (reasons.Count < MaxStack)
        {
            reasons.Add(reason);
        }
    }
}
