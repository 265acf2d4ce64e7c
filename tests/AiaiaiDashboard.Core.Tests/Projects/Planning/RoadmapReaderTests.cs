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

    [Fact]
    public void Read_FinishedMilestonesFoldedUp_CountTheirPlansAndKeepShortNames()
    {
        Roadmap roadmap = Read("""
            ## Milestones

            - ✅ **v1.0 Base** — Phases 1-3 (shipped 2026-04-04)
            - 🚧 **v1.1 Board** — Phase 4 (in progress)

            ## Phases

            <details>
            <summary>✅ v1.0 Base (Phases 1-3) — SHIPPED 2026-04-04</summary>

            - [x] Phase 1: Files (2/2 plans) — completed 2026-03-07
            - [x] **Phase 2: Ledger** (3/3 plans) — completed 2026-03-08
            - [x] **Phase 3: Prices** - What a call costs (1/1 plan)

            </details>

            ### 🚧 v1.1 Board (In progress)

            - [ ] **Phase 4: Cards** - Moved by hand

            ## Phase Details

            ### Phase 4: Cards
            **Plans**: TBD

            Plans:
            - [x] 04-01: Columns
            - [~] 04-02: Drag
            """)!;

        Assert.Equal((7, 8, "Phase 4: Cards", "04-02: Drag"), (roadmap.TasksDone, roadmap.TasksTotal, roadmap.Current!.Title, roadmap.NextTask));
        Assert.Equal(
            [new RoadmapPhase("Phase 1: Files (2/2 plans) — completed 2026-03-07", 2, 2, true), new("Phase 2: Ledger", 3, 3, true), new("Phase 3: Prices", 1, 1, true), new("Phase 4: Cards", 1, 2, false)],
            roadmap.Phases);
    }

    [Fact]
    public void Read_SeveralPhasesAtOnce_CountAsSoMany()
    {
        Roadmap roadmap = Read("""
            - [x] **Phase 1-3** — The first version
            - [ ] **Phase 7: Rest** - All else

            | Phase | Milestone | Plans Complete | Status | Completed |
            | --- | --- | --- | --- | --- |
            | 1-3 | v1.0 | 9/9 | Complete | 2026-04-06 |
            | 4-6 | v1.1 | Complete | Complete | 2026-05-06 |
            | 7. Rest | v2.0 | 0/TBD | Not started | - |
            """)!;

        Assert.Equal([(9, 9, true), (0, 0, true), (0, 0, false)], roadmap.Phases.Select(p => (p.Done, p.Total, p.IsDone)));
        Assert.Equal("Phases 4-6", roadmap.Phases[1].Title);
        Assert.Equal((12, 13), (roadmap.TasksDone, roadmap.TasksTotal));
    }

    [Fact]
    public void Read_RangeOfPhasesThatStandAlone_FinishesEach()
    {
        Roadmap roadmap = Read("## Phase 1: A\n## Phase 2: B\n## Phase 3: C\n\n| Phase | Status |\n|---|---|\n| 1–2 | ✅ Complete |\n")!;

        Assert.Equal([true, true, false], roadmap.Phases.Select(p => p.IsDone));
    }

    [Fact]
    public void Read_NumbersThatBeginAnewWithAMilestone_AreOtherPhases()
    {
        Roadmap roadmap = Read("## v1: One\n- [x] **Phase 1**: Scripts\n- [x] **Phase 2**: Docs\n\n## v2: Two\n- [ ] **Phase 1**: Templates\n")!;

        Assert.Equal([true, true, false], roadmap.Phases.Select(p => p.IsDone));
        Assert.Equal("Phase 1: Templates", roadmap.Current!.Title);
    }

    [Theory]
    [InlineData("## Phase 1 ✅ — Storage\n- Files are whole\n", true)]
    [InlineData("## Phase 1: Storage (Complete)\n", true)]
    [InlineData("### Phase 1: Storage — SHIPPED 2026-07-15\n", true)]
    [InlineData("### Phase 1: Definition of done\n", false)]
    [InlineData("### Phase 1: Complete the storage\n", false)]
    [InlineData("### Phase 1: Storage\n**Goal**: Whole files\n**Status**: ✅ Complete (2026-07-15)\n", true)]
    [InlineData("### Phase 1: Storage\n- **Status**: Done\n", true)]
    [InlineData("### Phase 1: Storage\n**Status**: In progress\n", false)]
    [InlineData("### Phase 1: Storage\n**Status**: Complete when the tests pass\n", false)]
    [InlineData("### Phase 1: Storage\n- **Status**: `[ ] Not started` | `[/] In progress` | `[x] Complete`\n", false)]
    [InlineData("- ✅ Phase 1: Storage\n", true)]
    [InlineData("- 🚧 Phase 1: Storage\n", false)]
    public void Read_PhaseThatSaysWhetherItIsFinished_IsTakenAtItsWord(string text, bool done) =>
        Assert.Equal(done, Assert.Single(Read(text)!.Phases).IsDone);

    [Theory]
    [InlineData("| Phase | Plans Complete | Status |\n|---|---|---|\n| 1. A | 0/2 | Complete |\n| 2. B | 0/0 | Not planned |\n", 2, 3)]
    [InlineData("| Phase | Status | Completed |\n|---|---|---|\n| 1. A | Complete | 2026/07/15 |\n| 2. B | Not started | - |\n", 1, 2)]
    [InlineData("| Phase | What | Status |\n|---|---|---|\n| 1 | Complete the login | Pending |\n| 2 | Done lists | Pending |\n", 0, 2)]
    [InlineData("| Phase | Milestone | Plans Complete | Status |\n|---|---|---|---|\n| 25. A | 2/2 | Complete | 2026-04-18 |\n| 26. B | v3.0 | 1/6 partial | Complete (closed early) |\n", 8, 8)]
    public void Read_StatusTableAlone_CountsItsPhases(string text, int done, int total)
    {
        Roadmap roadmap = Read(text)!;

        Assert.Equal((2, done, total), (roadmap.Phases.Count, roadmap.TasksDone, roadmap.TasksTotal));
    }

    [Fact]
    public void Read_MilestonesWithPhasesInThem_AreNoPhasesAndTakeNoNumberFromThem()
    {
        Roadmap roadmap = Read("## Milestone 1: First\n### Phase 1: A\n- [x] a\n### Phase 2: B\n- [ ] b\n## Milestone 2: Second\n- [ ] plan it\n\n| Phase | Plans | Status |\n|---|---|---|\n| 2. B | 0/1 | Not started |\n")!;

        Assert.Equal(["Phase 1: A", "Phase 2: B"], roadmap.Phases.Select(p => p.Title));
        Assert.Equal((1, 3), (roadmap.TasksDone, roadmap.TasksTotal));
    }

    [Fact]
    public void Read_MilestonesAlone_AreThePhases() =>
        Assert.Equal(["Milestone 1: First", "Milestone 2: Second"], Read("## Milestone 1: First\n- [x] a\n## Milestone 2: Second\n- [ ] b\n")!.Phases.Select(p => p.Title));

    [Fact]
    public void Read_AbandonedPhase_CountsForNothing()
    {
        Roadmap roadmap = Read("### Phase 1: A\n- [x] a\n### Phase 2: Graph (ABANDONED)\n- [ ] b\n### Phase 3: C\n- [ ] c\n")!;

        Assert.Equal(["Phase 1: A", "Phase 3: C"], roadmap.Phases.Select(p => p.Title));
        Assert.Equal((1, 2, "c"), (roadmap.TasksDone, roadmap.TasksTotal, roadmap.NextTask));
    }

    [Fact]
    public void Read_NumbersOfThreeParts_AreTheirOwnAndStandInOrder()
    {
        Roadmap roadmap = Read("### Phase 2.10: J\n### Phase 2.9: I\n### Phase 2.9.1: Between\n### Phase 2: B\n### Phase 2.9: I (INSERTED)\n")!;

        Assert.Equal(["Phase 2: B", "Phase 2.9: I", "Phase 2.9.1: Between", "Phase 2.10: J"], roadmap.Phases.Select(p => p.Title));
    }

    [Fact]
    public void Read_TableOfRequirements_NamesNoPhase() =>
        Assert.Null(Read("| Requirement | Phase |\n|---|---|\n| 1. Fast | 2 |\n| 2. Small | Complete |\n"));

    [Fact]
    public void Read_PhasesInsertedLater_StandWhereTheirNumberBelongs()
    {
        Roadmap roadmap = Read("### Phase 1: A\n- [x] a\n### Phase 2: B\n- [ ] b\n### Phase 02.1: Urgent (INSERTED)\n- [ ] c\n### Phase 3: C\n- [ ] d\n### Phase 1.1: Also\n- [ ] e\n\n| Phase | Plans |\n|---|---|\n| 2.1. Urgent | 0/1 |\n")!;

        Assert.Equal(["Phase 1: A", "Phase 1.1: Also", "Phase 2: B", "Phase 02.1: Urgent (INSERTED)", "Phase 3: C"], roadmap.Phases.Select(p => p.Title));
    }

    [Fact]
    public void Read_ClosedPhaseWithBoxesLeftOpen_IsFinishedWholeAndNamesNoNextTask()
    {
        Roadmap roadmap = Read("- [x] **Phase 1: A**\n- [ ] **Phase 2: B**\n\n### Phase 1: A\n- [ ] 01-01: a\n- [ ] 01-02: b\n### Phase 2: B\n- [ ] 02-01: c\n")!;

        Assert.Equal((2, 3, "02-01: c"), (roadmap.TasksDone, roadmap.TasksTotal, roadmap.NextTask));
    }

    [Fact]
    public void Read_EveryTaskDoneButItsPhaseLeftOpen_IsNotAHundredPercent()
    {
        Roadmap roadmap = Read("- [ ] **Phase 1: A**\n\n### Phase 1: A\n- [x] a\n")!;

        Assert.Equal((1, 1, 99), (roadmap.TasksDone, roadmap.TasksTotal, roadmap.Percent));
    }

    [Fact]
    public void Read_EightPhasesWithRequirementIdsAndATable_LikeTheRoadmapOfThisProject()
    {
        string phases = string.Concat(Enumerable.Range(1, 8).Select(i => $"- [{(i <= 5 ? 'x' : ' ')}] **Phase {i}: Part {i}** - What part {i} is about (DASH-0{i}, INFR-0{i})\n"));
        string details = string.Concat(Enumerable.Range(1, 8).Select(i => $"""

            ### Phase {i}: Part {i}
            **Goal**: Part {i} works
            **Depends on**: {(i == 1 ? "Nothing" : $"Phase {i - 1}")}
            **Requirements**: DASH-0{i}, INFR-0{i}
            **Success Criteria** (what must be TRUE):
              1. It is seen on the page
              2. It survives a restart
            **Plans**: 2 plans

            Plans:
            - [{(i <= 5 ? 'x' : ' ')}] 0{i}-01-PLAN.md — First half
            - [{(i <= 6 ? 'x' : ' ')}] 0{i}-02-PLAN.md — Second half

            """));
        string table = "\n## Progress\n\n**Execution Order:** 1 → 2 → 3\n\n| Phase | Plans Complete | Status | Completed |\n|---|---|---|---|\n"
            + string.Concat(Enumerable.Range(1, 8).Select(i => $"| {i}. Part {i} | {(i <= 5 ? 2 : i == 6 ? 1 : 0)}/2 | {(i <= 5 ? "Complete   " : "Not started")} | - |\n"));

        Roadmap roadmap = Read("# Roadmap: Dashboard\n\n## Phases\n\n" + phases + "\n## Phase Details\n" + details + table)!;

        Assert.Equal((11, 16, 68), (roadmap.TasksDone, roadmap.TasksTotal, roadmap.Percent));
        Assert.Equal((8, "Phase 6: Part 6", "06-01-PLAN.md — First half"), (roadmap.Phases.Count, roadmap.Current!.Title, roadmap.NextTask));
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
    [InlineData("- [x] Phase 1: a\n- [x] Phase 1: b\n", 5_000)]
    [InlineData("Status:  \u2014 ", 20_000)]
    [InlineData("# Phase 1 -  (", 10_000)]
    [InlineData("| 1-9999 | Complete |\n", 5_000)]
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
