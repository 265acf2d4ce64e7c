using System.Security.Cryptography;
using System.Text;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Projects.Git;
using AiaiaiDashboard.Core.Projects.Planning;

namespace AiaiaiDashboard.Core.Demo;

/// <summary>Commits and roadmaps of the sample data. The same day gives the same facts.</summary>
internal static class DemoFacts
{
    private static readonly string[] PhaseTitles = ["Foundation", "First users", "Integrations", "Hardening", "Launch"];
    private static readonly string[] Authors = ["Mira Adler", "Jonas Weber", "Aiko Tanaka"];

    private static readonly string[] Subjects =
    [
        "Split the import into small batches", "Name the field that is wrong", "Cover the empty case with a test", "Retry after a lost connection",
        "Show the total beside the list", "Remove the old endpoint", "Read the limits from the configuration", "Speed up the nightly run",
        "Explain the states in the README", "Keep the order of the input", "Log what was skipped and why", "Round prices half to even",
    ];

    /// <summary>The facts of every project that has them.</summary>
    public static Dictionary<string, ProjectState> Of(DateOnly today, TimeOnly now, TimeZoneInfo zone)
    {
        var facts = new Dictionary<string, ProjectState>(StringComparer.Ordinal);
        foreach (DemoProject project in DemoProject.All)
        {
            int[] days = PerDay(project, today);
            facts[project.Id] = new ProjectState
            {
                Id = project.Id,
                Branch = "main",
                FirstCommit = today.AddDays(-project.Started),
                LastCommit = today.AddDays(-project.Committed),
                CommitsPerDay = days,
                Commits = Commits(project, days, today, now, zone),
                Roadmap = Plan(project),
            };
        }

        return facts;
    }

    private static int[] PerDay(DemoProject project, DateOnly today)
    {
        var random = DemoRandom.For(project.Id + " commits", today);
        int[] days = new int[GitHistory.ActivityDays];
        for (int i = 0; i < days.Length; i++)
        {
            int age = days.Length - 1 - i;
            bool works = age >= project.Committed && age <= project.Started && random.Chance(0.58);
            days[i] = age == project.Committed ? 1 + (int)random.Between(0, 3) : works ? 1 + (int)random.Between(0, project.Share > 10 ? 7 : 3) : 0;
        }

        return days;
    }

    private static List<CommitFact> Commits(DemoProject project, int[] days, DateOnly today, TimeOnly now, TimeZoneInfo zone)
    {
        var commits = new List<CommitFact>();
        for (int age = 0; age < days.Length && commits.Count < GitHistory.MaxRecent; age++)
        {
            for (int i = 0; i < days[^(age + 1)] && commits.Count < GitHistory.MaxRecent; i++)
            {
                int number = commits.Count;
                byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{project.Id} {number}"));
                // Those of today early, so that none lies ahead.
                var latest = age > 0 ? new TimeSpan(17, 40, 0) : now < new TimeOnly(0, 40) ? now.ToTimeSpan() : new TimeSpan(0, 40, 0);
                TimeSpan time = latest - TimeSpan.FromMinutes((age == 0 ? 3 : 52) * i);
                DateTime local = today.AddDays(-age).ToDateTime(TimeOnly.MinValue) + (time > TimeSpan.Zero ? time : TimeSpan.Zero);
                commits.Add(new CommitFact(
                    Convert.ToHexStringLower(hash)[..8], new DateTimeOffset(local, zone.GetUtcOffset(local)), Authors[hash[0] % Authors.Length], Subjects[(hash[1] + number) % Subjects.Length]));
            }
        }

        return commits;
    }

    // The phases share the tasks; the first ones are done, up to the project's progress.
    private static Roadmap Plan(DemoProject project)
    {
        int left = project.Tasks * project.Progress / 100;
        var phases = new List<RoadmapPhase>();
        for (int i = 0; i < PhaseTitles.Length; i++)
        {
            int total = (project.Tasks / PhaseTitles.Length) + (i < project.Tasks % PhaseTitles.Length ? 1 : 0);
            int done = Math.Min(left, total);
            left -= done;
            phases.Add(new RoadmapPhase($"Phase {i + 1}: {PhaseTitles[i]}", done, total, done == total));
        }

        return new Roadmap
        {
            File = "ROADMAP.md",
            TasksTotal = project.Tasks,
            TasksDone = project.Tasks * project.Progress / 100,
            Phases = phases,
            NextTask = project.Progress == 100 ? null : Subjects[Seed(project.Id) % Subjects.Length],
        };
    }

    private static int Seed(string id) => id.Sum(c => c);
}
