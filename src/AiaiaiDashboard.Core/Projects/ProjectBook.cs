using AiaiaiDashboard.Core.Projects.Board;
using AiaiaiDashboard.Core.Storage;
using FluentValidation;

namespace AiaiaiDashboard.Core.Projects;

/// <summary>
/// What people change in projects.json: moves on the board, edits, archiving, merging. Every change reads the file, changes it and writes it with
/// no other write in between, so that a sync that runs at the same time loses nothing. Thread-safe. All members throw
/// <see cref="InvalidDataException"/> where the file is broken and <see cref="IOException"/> where it cannot be written: it is as it was then.
/// </summary>
/// <param name="store">The data directory.</param>
/// <param name="changed">Called after each change that was written.</param>
/// <param name="rank">Rank of a project in the lists, for cards without an order.</param>
public sealed class ProjectBook(DocumentStore store, Action changed, Func<string, int> rank)
{
    private static readonly ProjectEditValidator EditRules = new();

    /// <summary>The project as the file holds it; null where there is none, or the file is broken.</summary>
    public ProjectRecord? Find(string id) => store.Read(ProjectDocuments.Projects).Value?.Find(id);

    /// <summary>Moves a card. Null where there is no such project on the board.</summary>
    /// <exception cref="ArgumentException">The status is none.</exception>
    public async Task<BoardChange?> MoveAsync(BoardMove move, CancellationToken ct = default)
    {
        if (!ProjectStatus.All.Contains(move.Status))
        {
            throw new ArgumentException($"\"{move.Status}\" is not a status.", nameof(move));
        }

        BoardChange? change = null;
        await UpdateAsync(
            list =>
            {
                if (list.Find(move.Id) is not { IsHidden: false })
                {
                    return;
                }

                Dictionary<string, BoardPlace> before = list.ToDictionary(p => p.Id, BoardPlace.Of, StringComparer.Ordinal);
                BoardOrder.Apply(list, move, rank);
                BoardPlace[] after = [.. list.Select(BoardPlace.Of).Where(p => p != before[p.Id])];
                change = new BoardChange([.. after.Select(p => before[p.Id])], after);
            },
            ct);
        return change;
    }

    /// <summary>Takes a move back. False, and nothing changes, where one of its projects was changed since.</summary>
    public async Task<bool> UndoAsync(BoardChange change, CancellationToken ct = default)
    {
        bool done = false;
        await UpdateAsync(
            list =>
            {
                done = change.After.All(p => list.Find(p.Id) is { } now && BoardPlace.Of(now) == p);
                for (int i = 0; done && i < list.Count; i++)
                {
                    list[i] = change.Before.FirstOrDefault(p => p.Id == list[i].Id)?.ApplyTo(list[i]) ?? list[i];
                }
            },
            ct);
        return done;
    }

    /// <summary>Writes what a person typed. Null where there is no such project.</summary>
    /// <param name="id">The project.</param>
    /// <param name="shown">The form as it was opened.</param>
    /// <param name="edit">The form as it is now.</param>
    /// <param name="ct">Takes effect until the write begins.</param>
    /// <exception cref="ValidationException">A field is not allowed: nothing was written.</exception>
    public async Task<ProjectRecord?> EditAsync(string id, ProjectEdit shown, ProjectEdit edit, CancellationToken ct = default)
    {
        await EditRules.ValidateAndThrowAsync(edit, ct);
        return await ChangeAsync(id, p => edit.ApplyTo(p, shown), ct);
    }

    /// <summary>
    /// Archives a project or takes it back: it leaves all lists, its usage stays in the totals, and the sync does not bring it back.
    /// False where there is no such project.
    /// </summary>
    public async Task<bool> ArchiveAsync(string id, bool archived, CancellationToken ct = default) =>
        await ChangeAsync(id, p => p with { Hidden = archived ? true : null, Auto = Without(p.Auto, "hidden") }, ct) is not null;

    /// <summary>
    /// Makes a project part of another: its directories and its usage, past and future, count there. Nothing is deleted;
    /// <see cref="SeparateAsync"/> takes it back. False where one of the two does not exist, or both are one.
    /// </summary>
    public async Task<bool> MergeAsync(string id, string into, CancellationToken ct = default)
    {
        bool done = false;
        await UpdateAsync(
            list =>
            {
                ProjectRecord? target = list.Find(into);
                done = id != into && list.Find(id) is { MergedInto: null } && target is { MergedInto: null };
                if (!done)
                {
                    return;
                }

                Replace(list, list.Find(id)! with { MergedInto = into });
                Replace(list, WithLivingFolder(target!, list.Find(id)!));
            },
            ct);
        return done;
    }

    /// <summary>Makes a merged project one of its own again. False where it is not merged.</summary>
    public async Task<bool> SeparateAsync(string id, CancellationToken ct = default)
    {
        bool done = false;
        await ChangeAsync(
            id,
            p =>
            {
                done = p.MergedInto is not null;
                return p with { MergedInto = null };
            },
            ct);
        return done;
    }

    private async Task<ProjectRecord?> ChangeAsync(string id, Func<ProjectRecord, ProjectRecord> change, CancellationToken ct)
    {
        ProjectRecord? result = null;
        await UpdateAsync(
            list =>
            {
                if (list.Find(id) is { } found)
                {
                    Replace(list, result = change(found));
                }
            },
            ct);
        return result;
    }

    private async Task UpdateAsync(Action<ProjectList> change, CancellationToken ct)
    {
        await store.UpdateAsync(
            ProjectDocuments.Projects,
            current =>
            {
                var list = new ProjectList(current ?? []);
                change(list);
                return list;
            },
            ct);
        changed();
    }

    // A folder that was renamed: the facts come from where the code is now.
    private static ProjectRecord WithLivingFolder(ProjectRecord target, ProjectRecord merged)
    {
        bool swap = merged.Path is { Length: > 0 } && (string.IsNullOrEmpty(target.Path) || !Directory.Exists(target.Path)) && Directory.Exists(merged.Path);
        if (!swap)
        {
            return target;
        }

        IReadOnlyList<string> known = target.Directories ?? [];
        return target with
        {
            Path = merged.Path,
            Repository = merged.Repository ?? target.Repository,
            Directories = string.IsNullOrEmpty(target.Path) || known.Contains(target.Path) ? target.Directories : [.. known, target.Path],
        };
    }

    private static IReadOnlyDictionary<string, System.Text.Json.JsonElement>? Without(IReadOnlyDictionary<string, System.Text.Json.JsonElement>? auto, string field) =>
        auto is null || !auto.ContainsKey(field) ? auto : auto.Where(a => a.Key != field).ToDictionary(StringComparer.Ordinal);

    private static void Replace(ProjectList list, ProjectRecord project) => list[list.FindIndex(p => p.Id == project.Id)] = project;
}
