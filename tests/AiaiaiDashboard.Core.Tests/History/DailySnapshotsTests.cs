using AiaiaiDashboard.Core.History;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Tests.Storage;

namespace AiaiaiDashboard.Core.Tests.History;

public sealed class DailySnapshotsTests : IDisposable
{
    private const string November = "history/projects-2026-11.jsonl";

    private static readonly DateOnly Day = new(2026, 11, 21);
    private static readonly DateOnly KeepAll = new(2024, 11, 1);

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Write_TwiceOnOneDayAndAfterARestart_LeavesTheFileAlone()
    {
        DailySnapshots<ProjectSnapshot> snapshots = Projects();
        snapshots.Write(Day, Rows(("beta", 10), ("alpha", 20)), KeepAll);
        string first = folder.Text(November);
        DateTime written = File.GetLastWriteTimeUtc(folder.Data.PathOf(November));

        snapshots.Write(Day, Rows(("alpha", 20), ("beta", 10)), KeepAll);
        Projects().Write(Day, Rows(("alpha", 20), ("beta", 10)), KeepAll);

        Assert.Equal(
            """
            {"date":"2026-11-21","project":"alpha","status":"active","progress":20,"lastCommit":"2026-11-20"}
            {"date":"2026-11-21","project":"beta","status":"active","progress":10,"lastCommit":"2026-11-20"}

            """.ReplaceLineEndings("\n"),
            first);
        Assert.Equal((first, written), (folder.Text(November), File.GetLastWriteTimeUtc(folder.Data.PathOf(November))));
    }

    [Fact]
    public void Write_ChangedDuringTheDay_AppendsThatRowOnly()
    {
        Projects().Write(Day, Rows(("alpha", 20), ("beta", 10)), KeepAll);

        Projects().Write(Day, Rows(("alpha", 30), ("beta", 10)), KeepAll);

        Assert.Equal(["alpha 20", "beta 10", "alpha 30"], Progress(November));
    }

    [Fact]
    public void Write_NextDayUnchanged_HasARowOfItsOwn()
    {
        DailySnapshots<ProjectSnapshot> snapshots = Projects();
        snapshots.Write(Day, Rows(("alpha", 20)), KeepAll);

        snapshots.Write(Day.AddDays(1), [.. Rows(Day.AddDays(1), ("alpha", 20))], KeepAll);

        Assert.Equal(2, folder.Text(November).Count(c => c == '\n'));
        Assert.Contains("\"date\":\"2026-11-22\"", folder.Text(November), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_MonthIsOver_CompactsItToOneRowPerProjectAndDay()
    {
        DailySnapshots<ProjectSnapshot> snapshots = Projects();
        snapshots.Write(Day, Rows(("alpha", 20)), KeepAll);
        snapshots.Write(Day, Rows(("alpha", 30)), KeepAll);
        Assert.Equal(["alpha 20", "alpha 30"], Progress(November));

        var december = new DateOnly(2026, 12, 1);
        snapshots.Write(december, Rows(december, ("alpha", 40)), KeepAll);

        Assert.Equal(["alpha 30"], Progress(November));
        Assert.Equal(["alpha 40"], Progress("history/projects-2026-12.jsonl"));
    }

    [Fact]
    public void Write_OldMonths_AreDeletedByTheRetention()
    {
        folder.Write("history/projects-2026-08.jsonl", """{"date":"2026-08-01","project":"a"}""" + "\n");
        folder.Write("history/projects-2026-09.jsonl", """{"date":"2026-09-01","project":"a"}""" + "\n");
        folder.Write("history/tokens-2026-08.jsonl", "{}\n");
        folder.Write("history/projects/projects-2026-08.jsonl", "{}\n");

        Projects().Write(Day, Rows(("alpha", 20)), new DateOnly(2026, 9, 1));

        Assert.Equal(
            [November, "history/projects-2026-09.jsonl", "history/projects/projects-2026-08.jsonl", "history/tokens-2026-08.jsonl"],
            folder.Files().Order(StringComparer.Ordinal).OrderBy(f => f != November));
    }

    [Fact]
    public void Write_BadLinesAndTornEnd_AreReportedAndTheLinesKept()
    {
        folder.Write(November, "not json\n[1]\n{\"date\":\"2026-11-20\"}\n{\"date\":\"2026-11-21\",\"proj");

        IReadOnlyList<FileProblem> problems = Projects().Write(Day, Rows(("alpha", 20)), KeepAll);

        Assert.Equal(4, problems.Count);
        Assert.All(problems, p => Assert.Equal(November, p.File));
        Assert.StartsWith("not json\n[1]\n{\"date\":\"2026-11-20\"}\n{\"date\":\"2026-11-21\",\"project\":\"alpha\"", folder.Text(November), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NothingKnown_CreatesNothing()
    {
        Projects().Write(Day, [], KeepAll);

        Assert.Empty(folder.Files());
    }

    [Fact]
    public void QualityOf_PartlyMeasured_KeepsNullApartFromZero()
    {
        var measured = new QualityRecord { Project = "alpha", Date = "2026-11-19", TestCoverage = new TestCoverage { Backend = 0 }, OpenIssues = 0 };

        SnapshotRows.Quality(folder.Data).Write(Day, [QualitySnapshot.Of(measured, Day)], KeepAll);

        Assert.Equal(
            """{"date":"2026-11-21","project":"alpha","measured":"2026-11-19","testCoverage":{"frontend":null,"backend":0,"overall":null},"lighthouseScore":null,"openIssues":0,"techDebt":null}""" + "\n",
            folder.Text("history/quality-2026-11.jsonl"));
    }

    private DailySnapshots<ProjectSnapshot> Projects() => SnapshotRows.Projects(folder.Data);

    private static IEnumerable<ProjectSnapshot> Rows(params (string Id, int Progress)[] projects) => Rows(Day, projects);

    private static IEnumerable<ProjectSnapshot> Rows(DateOnly day, params (string Id, int Progress)[] projects) =>
        projects.Select(p => ProjectSnapshot.Of(new ProjectRecord { Id = p.Id, Progress = p.Progress, LastCommit = "2026-11-20" }, day));

    private IEnumerable<string> Progress(string file) => folder.Text(file).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => System.Text.Json.Nodes.JsonNode.Parse(line))
        .Select(row => $"{row!["project"]} {row["progress"]}");
}
