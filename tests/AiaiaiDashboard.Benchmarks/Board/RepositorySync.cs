using System.Diagnostics;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Settings;
using LibGit2Sharp;

namespace AiaiaiDashboard.Benchmarks.Board;

/// <summary>Repositories with commits, a manifest and a roadmap each, looked at as the projects step does.</summary>
internal static class RepositorySync
{
    public const int Repositories = 14;
    public const int Rounds = 7;
    private const int Commits = 200;

    /// <summary>Medians in milliseconds: a first look, and one that finds nothing new.</summary>
    public static (double First, double Again) Measure(string folder)
    {
        string root = Path.Combine(folder, "repositories");
        for (int i = 0; i < Repositories; i++)
        {
            Create(Path.Combine(root, $"repository-{i}"));
        }

        var sources = new SourcesConfig { Projects = new ProjectSources { Roots = [root] } };
        List<double> first = [];
        List<double> again = [];
        for (int round = 0; round < Rounds; round++)
        {
            long begin = Stopwatch.GetTimestamp();
            var catalogue = new ProjectCatalogue([]);
            ProjectScan scan = ProjectDiscovery.Refresh(catalogue, sources, TimeProvider.System, TimeZoneInfo.Utc);
            first.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);

            begin = Stopwatch.GetTimestamp();
            ProjectDiscovery.Refresh(new ProjectCatalogue(catalogue.ToList()), sources, TimeProvider.System, TimeZoneInfo.Utc, before: scan);
            again.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        first.Sort();
        again.Sort();
        return (first[Rounds / 2], again[Rounds / 2]);
    }

    private static void Create(string path)
    {
        Repository.Init(path);
        using var repository = new Repository(path);
        File.WriteAllText(Path.Combine(path, "package.json"), """{"description":"Sample","dependencies":{"react":"19"}}""");
        File.WriteAllText(Path.Combine(path, "ROADMAP.md"), string.Concat(Enumerable.Range(1, 8).Select(p => $"## Phase {p}: Part\n\n- [x] one\n- [ ] two\n\n")));
        Commands.Stage(repository, "*");
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        for (int i = Commits; i > 0; i--)
        {
            var author = new Signature("Ada", "ada@example.org", now.AddDays(-i));
            repository.Commit($"Commit {i}", author, author, new CommitOptions { AllowEmptyCommit = true });
        }
    }
}
