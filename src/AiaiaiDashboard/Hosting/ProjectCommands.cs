using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Projects.Board;
using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Hosting;

/// <summary>The commands about projects, carried out on the workspace that is on screen.</summary>
internal sealed class ProjectCommands(WorkspaceHost workspaces) : IProjectCommands
{
    private ProjectBook Book => workspaces.Current.Projects;

    /// <inheritdoc/>
    public ProjectRecord? Find(string id) => Book.Find(id);

    /// <inheritdoc/>
    public Task<BoardChange?> MoveAsync(BoardMove move) => Book.MoveAsync(move);

    /// <inheritdoc/>
    public Task<bool> UndoAsync(BoardChange change) => Book.UndoAsync(change);

    /// <inheritdoc/>
    public Task<ProjectRecord?> EditAsync(string id, ProjectEdit shown, ProjectEdit edit) => Book.EditAsync(id, shown, edit);

    /// <inheritdoc/>
    public Task<bool> ArchiveAsync(string id, bool archived) => Book.ArchiveAsync(id, archived);

    /// <inheritdoc/>
    public Task<bool> MergeAsync(string id, string into) => Book.MergeAsync(id, into);

    /// <inheritdoc/>
    public Task<bool> SeparateAsync(string id) => Book.SeparateAsync(id);

    /// <inheritdoc/>
    public Task SetColumnLimitAsync(string status, int? limit) => workspaces.Current.SetColumnLimitAsync(status, limit);
}
