using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Projects.Board;
using AiaiaiDashboard.Hosting;

namespace AiaiaiDashboard.Components.Tests;

/// <summary>Records what was asked for. A move waits until the test lets it end; an edit ends at once.</summary>
public sealed class FakeProjectCommands : IProjectCommands
{
    public TaskCompletionSource<BoardChange?> Move { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<BoardMove> Moves { get; } = [];

    public List<string> Calls { get; } = [];

    public ProjectRecord? Record { get; set; }

    public ProjectEdit? Edited { get; private set; }

    public Exception? Failure { get; set; }

    public ProjectRecord? Find(string id) => Record;

    public Task<BoardChange?> MoveAsync(BoardMove move)
    {
        Moves.Add(move);
        return Move.Task;
    }

    public Task<bool> UndoAsync(BoardChange change) => Note("undo");

    public async Task<ProjectRecord?> EditAsync(string id, ProjectEdit shown, ProjectEdit edit)
    {
        Edited = edit;
        await Note($"edit {id}");
        return Record;
    }

    public Task<bool> ArchiveAsync(string id, bool archived) => Note($"archive {id} {archived}");

    public Task<bool> MergeAsync(string id, string into) => Note($"merge {id} {into}");

    public Task<bool> SeparateAsync(string id) => Note($"separate {id}");

    public Task SetColumnLimitAsync(string status, int? limit) => Note($"limit {status} {limit}");

    private Task<bool> Note(string call)
    {
        Calls.Add(call);
        return Failure is null ? Task.FromResult(true) : Task.FromException<bool>(Failure);
    }
}
