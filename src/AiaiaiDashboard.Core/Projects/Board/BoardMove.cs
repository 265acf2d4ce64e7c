namespace AiaiaiDashboard.Core.Projects.Board;

/// <summary>Where a card is to go. Named by its neighbours, not by a number: others may have moved cards meanwhile.</summary>
/// <param name="Id">The project.</param>
/// <param name="Status">The column: one of <see cref="ProjectStatus.All"/>.</param>
/// <param name="After">The card it comes behind; goes first where it is in the column.</param>
/// <param name="Before">The card it comes before. With neither, or where neither is in the column any more, it comes last.</param>
public sealed record BoardMove(string Id, string Status, string? After = null, string? Before = null);

/// <summary>What of one project a move changes.</summary>
/// <param name="Id">The project.</param>
/// <param name="Status">Its column.</param>
/// <param name="Order">Its position.</param>
/// <param name="Progress">Its progress.</param>
/// <param name="Remembered">The progress before it was completed.</param>
public sealed record BoardPlace(string Id, string Status, decimal? Order, decimal? Progress, RememberedProgress? Remembered)
{
    /// <summary>The place of a project.</summary>
    public static BoardPlace Of(ProjectRecord project) =>
        new(project.Id, project.EffectiveStatus, project.Order, project.Progress, project.BeforeCompletion);

    /// <summary>The project at this place.</summary>
    public ProjectRecord ApplyTo(ProjectRecord project) =>
        project with { Status = Status, Order = Order, Progress = Progress, BeforeCompletion = Remembered };
}

/// <summary>What a move changed, so that it can be undone.</summary>
/// <param name="Before">The places before, of every project that was touched; empty where nothing changed.</param>
/// <param name="After">The places after, in the same order.</param>
public sealed record BoardChange(IReadOnlyList<BoardPlace> Before, IReadOnlyList<BoardPlace> After);
