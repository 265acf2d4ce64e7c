using AiaiaiDashboard.Components.Controls;
using AiaiaiDashboard.Components.Pages.Kanban;
using AiaiaiDashboard.Core.Projects.Board;
using AiaiaiDashboard.Core.State;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace AiaiaiDashboard.Components.Tests.Pages;

public sealed class KanbanPageTests : DashboardTestContext
{
    [Fact]
    public async Task Drop_WhileItIsWritten_ShowsTheCardInItsNewPlace()
    {
        IRenderedComponent<KanbanPage> page = Open();

        await page.InvokeAsync(() => page.Instance.Drop("storefront-api", "paused", null, "invoice-ocr"));

        Assert.Equal(["storefront-api", "invoice-ocr", "data-catalog"], Column(page, "paused"));
        Assert.Equal(new BoardMove("storefront-api", "paused", null, "invoice-ocr"), Moved(page));
    }

    [Fact]
    public async Task Drop_RefusedByTheStore_GoesBackAndIsAnnounced()
    {
        IRenderedComponent<KanbanPage> page = Open();
        await page.InvokeAsync(() => page.Instance.Drop("storefront-api", "paused", null, null));

        ProjectCommands.Move.SetException(new InvalidDataException("projects.json, line 1: broken."));

        page.WaitForAssertion(() => Assert.Contains("could not be moved and is back where it was. projects.json, line 1: broken.", page.Find("[aria-live=assertive]").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("storefront-api", Column(page, "paused"));
    }

    [Theory]
    [InlineData("nowhere", "paused")]
    [InlineData("storefront-api", "archived")]
    public async Task Drop_NamesWhatIsNotThere_IsIgnored(string id, string status)
    {
        IRenderedComponent<KanbanPage> page = Open();

        await page.InvokeAsync(() => page.Instance.Drop(id, status, null, null));
        // A move would be asked for by what is queued before this.
        await page.InvokeAsync(() => { });

        Assert.Empty(ProjectCommands.Moves);
    }

    [Theory]
    [InlineData("completed", "completed", null, true)]
    [InlineData("down", "paused", "data-catalog", false)]
    public async Task Choose_LineOfTheMenu_MovesTheFirstPausedCardThere(string choice, string status, string? after, bool first)
    {
        IRenderedComponent<KanbanPage> page = Open();
        string? before = first ? Column(page, status).First() : Column(page, status).ElementAtOrDefault(2);

        await page.InvokeAsync(() => page.Instance.Choose("invoice-ocr", choice));

        Assert.Equal(new BoardMove("invoice-ocr", status, after, before), Moved(page));
    }

    [Theory]
    [InlineData("invoice-ocr", "up")]
    [InlineData("invoice-ocr", "paused")]
    [InlineData("invoice-ocr", "sideways")]
    [InlineData("nowhere", "completed")]
    public async Task Choose_LeadsNowhere_WritesNothing(string id, string choice)
    {
        IRenderedComponent<KanbanPage> page = Open();

        await page.InvokeAsync(() => page.Instance.Choose(id, choice));
        // A move would be asked for by what is queued before this.
        await page.InvokeAsync(() => { });

        Assert.Empty(ProjectCommands.Moves);
    }

    [Fact]
    public async Task Drop_OneCardMoves_NoOtherCardIsDrawnAgain()
    {
        IRenderedComponent<KanbanPage> page = Open();
        IReadOnlyList<IRenderedComponent<ProjectCard>> cards = page.FindComponents<ProjectCard>();
        var stays = cards.Where(c => c.Instance.Project.Id != "storefront-api").ToDictionary(c => c.Instance.Project.Id, c => c.RenderCount);

        await page.InvokeAsync(() => page.Instance.Drop("storefront-api", "paused", null, "invoice-ocr"));
        // What is published when it is written: every project anew, all but one saying what they said.
        State.Publish(State.Current with { Projects = [.. State.Current.Projects.Select(p => p.Id == "storefront-api" ? p with { Status = "paused", Order = 1 } : p with { Order = p.Order })] });
        ProjectCommands.Move.SetResult(new BoardChange([], []));

        page.WaitForAssertion(() => Assert.Equal("storefront-api", Column(page, "paused").First()));
        Assert.Equal(stays, page.FindComponents<ProjectCard>().Where(c => c.Instance.Project.Id != "storefront-api").ToDictionary(c => c.Instance.Project.Id, c => c.RenderCount));
    }

    [Fact]
    public async Task Key_CarriedAcrossTheBoard_StaysWithinItAndSaysWhereItIs()
    {
        IRenderedComponent<KanbanPage> page = Open();
        var spoken = new List<string>();

        foreach (string key in new[] { "Space", "ArrowLeft", "ArrowUp", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "Space" })
        {
            await page.InvokeAsync(() => page.Instance.Key("rag-evaluator", key));
            spoken.Add(page.Find("[aria-live=assertive]").TextContent.Trim('\u00A0'));
        }

        Assert.StartsWith("rag-evaluator lifted. Active, position 1 of 8.", spoken[0], StringComparison.Ordinal);
        Assert.Equal("Over Active, position 1 of 8.", spoken[2]);
        Assert.Equal("Over Completed, position 3 of 3.", spoken[7]);
        Assert.Equal("rag-evaluator dropped in Completed, position 3 of 3.", spoken[8]);
        Assert.Equal("completed", Moved(page).Status);
    }

    [Fact]
    public async Task Key_DroppedWhereItWas_WritesNothing()
    {
        IRenderedComponent<KanbanPage> page = Open();

        foreach (string key in new[] { "Space", "ArrowRight", "ArrowLeft", "Space" })
        {
            await page.InvokeAsync(() => page.Instance.Key("storefront-api", key));
        }
        // A move would be asked for by what is queued before this.
        await page.InvokeAsync(() => { });

        Assert.Empty(ProjectCommands.Moves);
    }

    [Fact]
    public async Task Key_CardInHandIsArchivedElsewhere_LetsGoOfIt()
    {
        IRenderedComponent<KanbanPage> page = Open();
        await page.InvokeAsync(() => page.Instance.Key("storefront-api", "Space"));
        DashboardSnapshot without = State.Current with { Projects = [.. State.Current.Projects.Where(p => p.Id != "storefront-api")] };

        State.Publish(without);

        page.WaitForAssertion(() => Assert.DoesNotContain("storefront-api", Column(page, "active")));
        Assert.Null(await page.InvokeAsync(() => page.Instance.Key("storefront-api", "ArrowRight")));
    }

    [Fact]
    public void Order_CardsWithAndWithoutOne_NumberedFirstThenBySpend()
    {
        DashboardSnapshot snapshot = SampleSnapshot.Practice().Build();
        State.Publish(snapshot with { Projects = [.. snapshot.Projects.Select(p => p.Id == "claims-triage" ? p with { Order = 1 } : p)] });

        IRenderedComponent<KanbanPage> page = Render<KanbanPage>();

        Assert.Equal(["claims-triage", "rag-evaluator", "ledger-migration"], Column(page, "active").Take(3));
    }

    [Fact]
    public void Filter_OfTheAddress_ShowsWhatMatches()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        Navigation.NavigateTo("/kanban?stack=python&show=due");

        IRenderedComponent<KanbanPage> page = Render<KanbanPage>();

        Assert.Equal(["claims-triage"], Column(page, "active"));
        Assert.Contains("1 of 12 projects.", TextOf(page.Find(".page-head")), StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Column(IRenderedComponent<KanbanPage> page, string status) =>
        page.FindAll($"[data-testid=kanban-column][data-status={status}] [data-testid=kanban-card]").Select(card => card.GetAttribute("data-project-id"));

    // A move is shown first and asked for then.
    private BoardMove Moved(IRenderedComponent<KanbanPage> page)
    {
        page.WaitForState(() => ProjectCommands.Moves.Count > 0);
        return Assert.Single(ProjectCommands.Moves);
    }

    private IRenderedComponent<KanbanPage> Open()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        return Render<KanbanPage>();
    }
}
