using System.Text.Json;
using AiaiaiDashboard.Core.Projects.Git;
using AiaiaiDashboard.Core.Projects.Manifests;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Projects;

/// <summary>Finds projects in the configured roots and collects the facts of every known one.</summary>
public static class ProjectDiscovery
{
    /// <summary>Longest look at one project: a folder on a dead network drive, or a pipe in place of a file, must not stop the sync.</summary>
    public static readonly TimeSpan MaxTimePerProject = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Registers what the roots hold, then looks at the directory of every project and puts the facts into the catalogue. A project that cannot
    /// be read keeps what is known and gets a reason.
    /// </summary>
    /// <param name="catalogue">The catalogue of this run, with the directories of usage already registered.</param>
    /// <param name="sources">Where to look.</param>
    /// <param name="time">Clock of the bounds.</param>
    /// <param name="zone">Zone of the days.</param>
    /// <param name="progress">Projects done and to do.</param>
    /// <param name="cancel">Stops between two projects.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ProjectScan Refresh(
        ProjectCatalogue catalogue,
        SourcesConfig sources,
        TimeProvider time,
        TimeZoneInfo zone,
        IProgress<(long Done, long Total)>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(sources);
        var searched = new List<SearchedPlace>();
        var problems = new List<FileProblem>();
        var warnings = new List<string>();
        ProjectRoots.Register(catalogue, sources.Projects, searched, problems, warnings);

        ProjectList projects = catalogue.ToList();
        var states = new Dictionary<string, ProjectState>(StringComparer.Ordinal);
        foreach (ProjectRecord project in projects)
        {
            cancel.ThrowIfCancellationRequested();
            progress?.Report((states.Count, projects.Count));
            ProjectState state = Look(project, catalogue, time, zone, cancel);
            states[project.Id] = state;
            if (state.WasLookedAt)
            {
                catalogue.Learn(project.Id, fields => fields with { Missing = state.IsMissing, Reasons = state.Reasons });
            }
        }

        progress?.Report((projects.Count, projects.Count));
        return new ProjectScan(states, searched, problems, warnings);
    }

    private static ProjectState Look(ProjectRecord project, ProjectCatalogue catalogue, TimeProvider time, TimeZoneInfo zone, CancellationToken cancel)
    {
        var state = new ProjectState { Id = project.Id, Path = project.Path };
        WorkingDirectory directory = WorkingDirectory.Parse(project.Path);
        if (project.IsHidden || string.IsNullOrEmpty(project.Path) || !directory.CanProbe)
        {
            return state;
        }

        bool repository = catalogue.Finder.Find(directory)?.Directory.Key == directory.Key;
        string? closed = repository ? RepositoryFence.WhyClosed(directory, catalogue.Finder) : null;
        DateOnly? first = project.Auto?.TryGetValue("startDate", out JsonElement start) == true ? ProjectRecord.ParseDay(start.ToString()) : null;
        Found? found = TimeBound.Run(
            directory.Text,
            stop => !Directory.Exists(directory.Text) ? new Found(null, null) : new Found(
                repository && closed is null ? GitHistory.Read(directory.Text, zone, first, time, stop) : null,
                ManifestReader.Read(directory.Text, stop)),
            MaxTimePerProject,
            cancel);
        if (found?.Manifests is not { } manifests)
        {
            return state with
            {
                WasLookedAt = true,
                IsMissing = found is not null,
                Reasons = [found is null ? $"{project.Path} did not answer in time and was left out." : $"{project.Path} is no longer there."],
            };
        }

        GitFacts git = found.Git ?? new GitFacts { Reasons = [closed ?? NoRepository(project)] };
        catalogue.Learn(project.Id, fields => Learned(fields, git, manifests));
        return state with
        {
            WasLookedAt = true,
            PathExists = true,
            IsRepository = repository,
            Branch = git.Branch,
            FirstCommit = git.FirstCommit,
            LastCommit = git.LastCommit,
            Reasons = [.. git.Reasons, .. manifests.Reasons],
        };
    }

    // What a damaged manifest no longer says stays as it was.
    private static SyncedFields Learned(SyncedFields fields, GitFacts git, ManifestFacts manifests) => fields with
    {
        StartDate = git.FirstCommit is { } first ? ProjectRecord.FormatDay(first) : null,
        LastCommit = git.LastCommit is { } last ? ProjectRecord.FormatDay(last) : null,
        NoCommits = git.NoCommits,
        Description = manifests.Description.Length > 0 || manifests.Reasons.Count == 0 ? manifests.Description : null,
        Stack = manifests.Stack.Count > 0 || manifests.Reasons.Count == 0 ? manifests.Stack : null,
    };

    private static string NoRepository(ProjectRecord project) => project.Repository == true
        ? "The folder is no git repository any more: its last commit is the one seen last."
        : "The folder is no git repository: it has no commit dates.";

    private sealed record Found(GitFacts? Git, ManifestFacts? Manifests);
}
