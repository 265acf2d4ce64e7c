using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Projects.Board;

namespace AiaiaiDashboard.Hosting;

/// <summary>
/// What the pages can have changed about projects. The result is on screen, in every tab, when a call has ended. All throw
/// <see cref="InvalidDataException"/> or <see cref="IOException"/> with the reason where the file could not be changed.
/// </summary>
public interface IProjectCommands
{
    /// <summary>The project as the file holds it; null where there is none.</summary>
    ProjectRecord? Find(string id);

    /// <summary>See <see cref="ProjectBook.MoveAsync"/>.</summary>
    Task<BoardChange?> MoveAsync(BoardMove move);

    /// <summary>See <see cref="ProjectBook.UndoAsync"/>.</summary>
    Task<bool> UndoAsync(BoardChange change);

    /// <summary>See <see cref="ProjectBook.EditAsync"/>.</summary>
    Task<ProjectRecord?> EditAsync(string id, ProjectEdit shown, ProjectEdit edit);

    /// <summary>See <see cref="ProjectBook.ArchiveAsync"/>.</summary>
    Task<bool> ArchiveAsync(string id, bool archived);

    /// <summary>See <see cref="ProjectBook.MergeAsync"/>.</summary>
    Task<bool> MergeAsync(string id, string into);

    /// <summary>See <see cref="ProjectBook.SeparateAsync"/>.</summary>
    Task<bool> SeparateAsync(string id);

    /// <summary>Sets the limit of a column; null takes it away.</summary>
    Task SetColumnLimitAsync(string status, int? limit);
}
