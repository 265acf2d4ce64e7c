using AiaiaiDashboard.Components.Pages.Project;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Projects.Git;
using AiaiaiDashboard.Core.Projects.Planning;
using AiaiaiDashboard.Core.State;
using Bunit;
using FluentValidation;
using FluentValidation.Results;

namespace AiaiaiDashboard.Components.Tests.Pages;

public sealed class ProjectPageTests : DashboardTestContext
{
    [Fact]
    public void Cards_FactsOfEveryKind_AreShownEncoded()
    {
        Publish(p => p with
        {
            Roadmap = new Roadmap { File = "ROADMAP.md", TasksTotal = 4, TasksDone = 2, NextTask = "<b>next</b>", Phases = [new("Phase 1: Base", 2, 2, true), new("Phase 2: <i>Rest</i>", 0, 2, false)] },
            CommitsPerDay = [.. Enumerable.Repeat(1, 90)],
            Commits = [new CommitFact("0123abcd", SampleSnapshot.Now, "Ada <ada>", "<script>alert(1)</script>")],
            Branch = "main",
        });

        IRenderedComponent<ProjectPage> page = Open();

        Assert.Contains("ROADMAP.md, 2 of 4 tasks", TextOf(page.Find("[data-testid=roadmap-card]")), StringComparison.Ordinal);
        Assert.Contains("Phase 2: <i>Rest</i> , in progress", TextOf(page.Find("[data-testid=roadmap-card]")), StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script>", TextOf(page.Find("[data-testid=commits-card]")), StringComparison.Ordinal);
        Assert.Contains("90 in 90 days on main", TextOf(page.Find("[data-testid=commits-card]")), StringComparison.Ordinal);
        Assert.Empty(page.FindAll("script, i b"));
    }

    [Theory]
    [InlineData(12, "active", "12 days left")]
    [InlineData(0, "active", "Due today")]
    [InlineData(-4, "paused", "4 days overdue")]
    [InlineData(-4, "completed", "Completed")]
    [InlineData(null, "active", "No deadline is set")]
    public void Timeline_Deadline_SaysHowFarItIs(int? days, string status, string words)
    {
        Publish(p => p with { Status = status, Deadline = days is { } d ? SampleSnapshot.Today.AddDays(d) : null, DaysToDeadline = days });

        Assert.Equal(words, TextOf(Open().Find("[data-testid=days-left]")));
    }

    [Fact]
    public void Edit_NotAllowed_SaysSoBelowTheFieldAndStaysOpen()
    {
        Publish(p => p);
        ProjectCommands.Record = new ProjectRecord { Id = "storefront-api", Client = "Grocery" };
        ProjectCommands.Failure = new ValidationException([new ValidationFailure("Progress", "Progress is a number from 0 to 100.")]);
        IRenderedComponent<ProjectPage> page = Open();
        page.Find("[data-testid=edit-project]").Click();

        page.Find("#edit-progress").Input("120");
        page.Find("[data-testid=project-editor] form").Submit();

        Assert.Equal("Progress is a number from 0 to 100.", page.Find("#edit-progress-note").TextContent);
        Assert.Equal("true", page.Find("#edit-progress").GetAttribute("aria-invalid"));
        Assert.Equal("120", ProjectCommands.Edited!.Progress);
    }

    [Fact]
    public void Edit_Saved_ClosesTheForm()
    {
        Publish(p => p);
        ProjectCommands.Record = new ProjectRecord { Id = "storefront-api" };
        IRenderedComponent<ProjectPage> page = Open();
        page.Find("[data-testid=edit-project]").Click();

        page.Find("#edit-client").Input("Bakery");
        page.Find("[data-testid=project-editor] form").Submit();

        Assert.Empty(page.FindAll("[data-testid=project-editor]"));
        Assert.Equal("Bakery", ProjectCommands.Edited!.Client);
    }

    [Fact]
    public void Merge_TargetChosen_MergesAndGoesThere()
    {
        Publish(p => p);
        IRenderedComponent<ProjectPage> page = Open();
        page.Find("[data-testid=merge-project]").Click();

        page.Find("[data-testid=merge-target]").Change("docs-site");
        page.Find("[data-testid=merge-confirm]").Click();

        Assert.Equal(["merge storefront-api docs-site"], ProjectCommands.Calls);
        Assert.EndsWith("/projects/docs-site", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_FreeText_AreShownAsTypedWhereverTheDayWouldBe()
    {
        Publish(p => p with
        {
            StartDate = null,
            StartNote = "03/04/2026",
            Deadline = null,
            DaysToDeadline = null,
            DeadlineNote = "soon",
            LastCommit = null,
            LastCommitNote = "last <week>",
        });

        IRenderedComponent<ProjectPage> page = Open();

        string timeline = TextOf(page.Find("[data-testid=timeline-card]"));
        string facts = TextOf(page.Find("dl.facts"));
        Assert.All(new[] { timeline, facts }, text =>
        {
            Assert.Contains("Started 03/04/2026", text, StringComparison.Ordinal);
            Assert.Contains("Last commit last <week>", text, StringComparison.Ordinal);
            Assert.Contains("Deadline soon", text, StringComparison.Ordinal);
        });
        Assert.Contains("Deadline: soon", timeline, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 4, 1, 3, 2)]
    [InlineData("main", 5, 2, 3, 1)]
    public void Facts_AnyNumber_FillTheirRows(string? branch, int wide, int wideLast, int mid, int midLast)
    {
        Publish(p => p with { Branch = branch, Roadmap = null, GitHub = null });

        string style = Open().Find("dl.facts").GetAttribute("style") ?? "";

        Assert.Contains($"--wide:{wide};--wide-last:{wideLast};--mid:{mid};--mid-last:{midLast};", style, StringComparison.Ordinal);
    }

    private void Publish(Func<ProjectSummary, ProjectSummary> change)
    {
        DashboardSnapshot snapshot = SampleSnapshot.Practice().Build();
        State.Publish(snapshot with { Projects = [.. snapshot.Projects.Select(p => p.Id == "storefront-api" ? change(p) : p)] });
    }

    private IRenderedComponent<ProjectPage> Open() => Render<ProjectPage>(p => p.Add(x => x.Id, "storefront-api"));
}
