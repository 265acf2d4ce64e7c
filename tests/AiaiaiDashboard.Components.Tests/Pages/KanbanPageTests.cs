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
        Assert.Equal(new BoardMove("storefront-api", "paused", null, "invoice-ocr"), Assert.Single(ProjectCommands.Moves));
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

        Assert.Empty(ProjectCommands.Moves);
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
        Assert.Equal("completed", Assert.Single(ProjectCommands.Moves).Status);
    }

    [Fact]
    public async Task Key_DroppedWhereItWas_WritesNothing()
    {
        IRenderedComponent<KanbanPage> page = Open();

        foreach (string key in new[] { "Space", "ArrowRight", "ArrowLeft", "Space" })
        {
            await page.InvokeAsync(() => page.Instance.Key("storefront-api", key));
        }

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
        Assert.Contains("1 project.", TextOf(page.Find(".page-head")), StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Column(IRenderedComponent<KanbanPage> page, string status) =>
        page.FindAll($"[data-testid=kanban-column][data-status={status}] [data-testid=kanban-card]").Select(card => card.GetAttribute("data-project-id"));

    private IRenderedComponent<KanbanPage> Open()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        return Render<KanbanPage>();
    }
}
