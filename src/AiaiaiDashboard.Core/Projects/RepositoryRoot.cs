namespace AiaiaiDashboard.Core.Projects;

/// <summary>A repository found on disk above a directory.</summary>
/// <param name="Directory">The directory that holds <c>.git</c>, or the bare repository itself.</param>
/// <param name="Main">The root its project has: the same, or for a git worktree the main repository's.</param>
/// <param name="IsLink">Whether <c>.git</c> is a file: a worktree or a submodule.</param>
internal sealed record RepositoryRoot(WorkingDirectory Directory, WorkingDirectory Main, bool IsLink = false)
{
    /// <summary>Whether this is a git worktree of <see cref="Main"/>.</summary>
    public bool IsWorktree => Directory.Key != Main.Key;
}
