using System.Text.Json;
using AiaiaiDashboard.Core.Projects.Git;
using AiaiaiDashboard.Core.Projects.GitHub;
using AiaiaiDashboard.Core.Projects.Manifests;
using AiaiaiDashboard.Core.Projects.Planning;
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
    /// <param name="before">What the last look found, so that histories that did not change are not walked again.</param>
    /// <param name="cancel">Stops between two projects.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ProjectScan Refresh(
        ProjectCatalogue catalogue,
        SourcesConfig sources,
        TimeProvider time,
        TimeZoneInfo zone,
        IProgress<(long Done, long Total)>? progress = null,
        ProjectScan? before = null,
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
            ProjectState state = Look(project, catalogue, before?.States.GetValueOrDefault(project.Id), time, zone, cancel);
            states[project.Id] = state;
            if (state.WasLookedAt)
            {
                catalogue.Learn(project.Id, fields => fields with { Missing = state.IsMissing, Reasons = state.Reasons });
            }
        }

        progress?.Report((projects.Count, projects.Count));
        return new ProjectScan(states, searched, problems, warnings);
    }

    private static ProjectState Look(ProjectRecord project, ProjectCatalogue catalogue, ProjectState? before, TimeProvider time, TimeZoneInfo zone, CancellationToken cancel)
    {
        var state = new ProjectState { Id = project.Id, Path = project.Path };
        WorkingDirectory directory = WorkingDirectory.Parse(project.Path);
        if (project.IsHidden || string.IsNullOrEmpty(project.Path) || !directory.CanProbe)
        {
            // There is nothing to look at: what was found once, such as facts of sample data, stays.
            return before is not null && before.Path == project.Path ? before with { WasLookedAt = false } : state;
        }

        bool repository = catalogue.Finder.Find(directory)?.Directory.Key == directory.Key;
        string? closed = repository ? RepositoryFence.WhyClosed(directory, catalogue.Finder) : null;
        DateOnly? first = project.Auto?.TryGetValue("startDate", out JsonElement start) == true ? ProjectRecord.ParseDay(start.ToString()) : null;
        Found? found = TimeBound.Run(
            directory.Text,
            stop => Look(directory.Text, repository && closed is null, zone, first, before, time, stop),
            MaxTimePerProject,
            cancel);
        if (found?.Manifests is not { } manifests)
        {
            // The folder may come back; until then the page keeps its plan and its commits.
            return (before ?? state) with
            {
                Path = project.Path,
                WasLookedAt = true,
                IsMissing = found is not null,
                PathExists = false,
                IsRepository = false,
                Reasons = [found is null ? $"{project.Path} did not answer in time and was left out." : $"{project.Path} is no longer there."],
            };
        }

        GitFacts git = found.Git ?? new GitFacts { Reasons = [closed ?? NoRepository(project)] };
        catalogue.Learn(project.Id, fields => Learned(fields, git, manifests, found.Roadmap));
        return state with
        {
            WasLookedAt = true,
            PathExists = true,
            IsRepository = repository,
            Branch = git.Branch,
            FirstCommit = git.FirstCommit,
            LastCommit = git.LastCommit,
            Tip = git.Tip,
            CountedOn = git.CountedOn,
            CommitsPerDay = git.CommitsPerDay,
            Commits = git.Recent,
            Roadmap = found.Roadmap,
            // Another repository has other figures; the same one keeps them until GitHub tells new ones.
            GitHub = git.GitHub is not { } onGitHub ? null : before?.GitHub?.Repository == onGitHub ? before.GitHub : new GitHubFacts { Repository = onGitHub },
            Reasons = [.. git.Reasons, .. manifests.Reasons, .. found.PlanningReasons],
        };
    }

    private static Found Look(string directory, bool history, TimeZoneInfo zone, DateOnly? first, ProjectState? before, TimeProvider time, CancellationToken stop)
    {
        if (!Directory.Exists(directory))
        {
            return new Found(null, null, null, []);
        }

        var reasons = new List<string>();
        return new Found(
            history ? GitHistory.Read(directory, zone, first, before, time, stop) : null,
            ManifestReader.Read(directory, stop),
            PlanningDocuments.Read(directory, reasons, stop),
            reasons);
    }

    // What a damaged manifest no longer says stays as it was.
    private static SyncedFields Learned(SyncedFields fields, GitFacts git, ManifestFacts manifests, Roadmap? roadmap) => fields with
    {
        StartDate = git.FirstCommit is { } first ? ProjectRecord.FormatDay(first) : null,
        LastCommit = git.LastCommit is { } last ? ProjectRecord.FormatDay(last) : null,
        NoCommits = git.NoCommits,
        Description = manifests.Description.Length > 0 || manifests.Reasons.Count == 0 ? manifests.Description : null,
        Progress = roadmap?.Percent,
        TasksTotal = roadmap?.TasksTotal,
        TasksDone = roadmap?.TasksDone,
        Stack = manifests.Stack.Count > 0 || manifests.Reasons.Count == 0 ? manifests.Stack : null,
    };

    private static string NoRepository(ProjectRecord project) => project.Repository == true
        ? "The folder is no git repository any more: its last commit is the one seen last."
        : "The folder is no git repository: it has no commit dates.";

    private sealed record Found(GitFacts? Git, ManifestFacts? Manifests, Roadmap? Roadmap, IReadOnlyList<string> PlanningReasons);
}
