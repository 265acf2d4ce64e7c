using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Core.Projects.Planning;

/// <summary>What a planning document says about the progress of a project.</summary>
public sealed record Roadmap
{
    /// <summary>The document, relative to the project's folder.</summary>
    public required string File { get; init; }

    /// <summary>Tasks in all.</summary>
    public int TasksTotal { get; init; }

    /// <summary>Tasks done.</summary>
    public int TasksDone { get; init; }

    /// <summary>The phases in the order of the document; empty for a plain list of tasks.</summary>
    public IReadOnlyList<RoadmapPhase> Phases { get; init; } = [];

    /// <summary>The first phase that is not done; null where all are, or there are none.</summary>
    [JsonIgnore]
    public RoadmapPhase? Current => Phases.FirstOrDefault(p => !p.IsDone);

    /// <summary>The first open task of the current phase, else of the document.</summary>
    public string? NextTask { get; init; }

    /// <summary>Done tasks in percent, rounded down, so that 100 means all, and no phase left that says it is not finished; null without tasks.</summary>
    [JsonIgnore]
    public int? Percent => TasksTotal == 0 ? null : Math.Min((int)(TasksDone * 100L / TasksTotal), Current is null ? 100 : 99);
}

/// <summary>One phase of a <see cref="Roadmap"/>.</summary>
/// <param name="Title">Its heading, such as <c>Phase 2: Storage</c>.</param>
/// <param name="Done">Tasks done.</param>
/// <param name="Total">Tasks in all; 0 where the document names none.</param>
/// <param name="IsDone">Whether the phase is finished: by its checkbox, its status, or since all its tasks are done.</param>
public sealed record RoadmapPhase(string Title, int Done, int Total, bool IsDone);
