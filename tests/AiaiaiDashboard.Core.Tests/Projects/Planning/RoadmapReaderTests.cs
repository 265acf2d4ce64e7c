using System.Text;
using AiaiaiDashboard.Core.Projects.Planning;

namespace AiaiaiDashboard.Core.Tests.Projects.Planning;

public class RoadmapReaderTests
{
    private const string Phased = """
        # Roadmap: Shop

        ## Phases

        **Phase Numbering:** integers are planned work, 2.1 is inserted.

        - [x] **Phase 1: Storage** - Atomic files
        - [ ] **Phase 2: Sync** - Runs by itself
        - [ ] **Phase 3: Alerts** - Warns in time

        ## Phase Details

        ### Phase 1: Storage
        **Goal**: Nothing is lost
        **Success Criteria** (what must be TRUE):
          1. A file is whole
        **Plans**: 2 plans

        Plans:
        - [x] 01-01: Documents
        - [x] 01-02-PLAN.md - Logs

        ### Phase 2: Sync
        Plans:
        - [x] 02-01: Manager
        - [ ] 02-02: Schedule `cron` <script>alert(1)</script>
          - [ ] nested one

        ### Phase 3: Alerts
        **Plans**: TBD

        ## Progress

        | Phase | Plans Complete | Status | Completed |
        |-------|----------------|--------|-----------|
        | 1. Storage | 2/2 | Complete | 2026-07-15 |
        | 2. Sync | 1/3 | In progress | - |
        | 3. Alerts | 0/4 | Not started | - |
        """;

    [Fact]
    public void Read_PhasesPlansAndStatusTable_CountsEachTaskOnce()
    {
        Roadmap roadmap = Read(Phased)!;

        Assert.Equal(
            [new RoadmapPhase("Phase 1: Storage", 2, 2, true), new RoadmapPhase("Phase 2: Sync", 1, 3, false), new RoadmapPhase("Phase 3: Alerts", 0, 4, false)],
            roadmap.Phases);
        Assert.Equal((3, 9, 33), (roadmap.TasksDone, roadmap.TasksTotal, roadmap.Percent));
        Assert.Equal("Phase 2: Sync", roadmap.Current!.Title);
        Assert.Equal("02-02: Schedule cron <script>alert(1)</script>", roadmap.NextTask);
    }

    [Theory]
    [InlineData("- [x] one\n- [X] two\n* [ ] three\n+ [ ] four\n1. [x] five", 3, 5)]
    [InlineData("<details>\n<summary>Done</summary>\n- [x] one\n- [x] two\n</details>\n\n- [ ] three", 2, 3)]
    [InlineData("<details open><summary>Phase</summary>\n\n- [x] one\n\n</details>", 1, 1)]
    [InlineData("```\n- [ ] code is no task\n```\n- [x] one", 1, 1)]
    [InlineData("> - [ ] quoted", 0, 1)]
    [InlineData("\uFEFF- [x] one\r\n- [ ] two\r\n", 1, 2)]
    public void Read_CheckboxesWhereverTheyStand_Counts(string text, int done, int total)
    {
        Roadmap roadmap = Read(text)!;

        Assert.Equal((done, total), (roadmap.TasksDone, roadmap.TasksTotal));
    }

    [Fact]
    public void Read_SectionsWithoutPhases_AreThePhases()
    {
        Roadmap roadmap = Read("# Tasks\n\n## Now\n- [x] a\n- [ ] b\n\n## Later\n- [ ] c\n\n## Notes\nNothing to do.\n")!;

        Assert.Equal([new RoadmapPhase("Now", 1, 2, false), new RoadmapPhase("Later", 0, 1, false)], roadmap.Phases);
        Assert.Equal(("Now", "b"), (roadmap.Current!.Title, roadmap.NextTask));
    }

    [Fact]
    public void Read_PhaseMarkedDone_IsDoneWithOpenTasksInIt()
    {
        Roadmap roadmap = Read("- [x] Phase 1: Base\n- [ ] Phase 2: Rest\n\n## Phase 1: Base\n- [ ] leftover\n")!;

        Assert.True(roadmap.Phases[0].IsDone);
        Assert.Equal("Phase 2: Rest", roadmap.Current!.Title);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# Roadmap\n\nWe shall see.\n")]
    [InlineData("| a | b |\n|---|---|\n| 2026. | many |\n")]
    public void Read_NothingToCount_IsNull(string text) => Assert.Null(Read(text));

    [Fact]
    public void Read_AllButOneDone_IsNeverAHundredPercent() =>
        Assert.Equal(99, Read(string.Concat(Enumerable.Repeat("- [x] t\n", 999)) + "- [ ] last\n")!.Percent);

    [Fact]
    public void Read_HostileTitle_IsOneShortLineWithoutHiddenCharacters()
    {
        Roadmap roadmap = Read($"## Phase 1: \u202Eevil\u0007 {new string('x', 5000)}\n- [ ] a\n")!;

        Assert.InRange(roadmap.Phases[0].Title.Length, 1, 100);
        Assert.DoesNotContain('\u202E', roadmap.Phases[0].Title);
    }

    [Theory]
    [InlineData("> ", 5_000)]
    [InlineData("- ", 5_000)]
    [InlineData("[", 50_000)]
    [InlineData("*_", 50_000)]
    [InlineData("<details>", 20_000)]
    [InlineData("| ", 20_000)]
    [InlineData("- [ ] a\n", 40_000)]
    [InlineData("## Phase 1\n", 20_000)]
    public void Read_MadeToHurt_EndsWithAnAnswerOrARefusal(string part, int times)
    {
        string text = new StringBuilder(part.Length * times).Insert(0, part, times).ToString();

        Exception? failure = Record.Exception(() => Read(text));

        Assert.True(failure is null or ArgumentException, $"{failure}");
    }

    [Fact]
    public void Read_ManyPhases_ShowsAHundredAndCountsAll()
    {
        string text = string.Concat(Enumerable.Range(1, 300).Select(i => $"## Phase {i}: p\n- [ ] t\n"));

        Roadmap roadmap = Read(text)!;

        Assert.Equal((100, 300), (roadmap.Phases.Count, roadmap.TasksTotal));
    }

    private static Roadmap? Read(string text) => RoadmapReader.Read("ROADMAP.md", text, CancellationToken.None);
}
