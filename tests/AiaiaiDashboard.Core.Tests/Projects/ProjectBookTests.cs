using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Projects.Board;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Tests.Storage;
using AiaiaiDashboard.Core.Usage;
using FluentValidation;
using Microsoft.Extensions.Time.Testing;

namespace AiaiaiDashboard.Core.Tests.Projects;

public sealed class ProjectBookTests : IAsyncLifetime, IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly TestFolder files = new();
    private Workspace workspace = null!;

    private ProjectBook Book => workspace.Projects;

    private DashboardSnapshot Shown => workspace.Current!;

    public Task InitializeAsync()
    {
        files.Write(DataFiles.Sync, """{"timeZone":"UTC"}""");
        files.Write(DataFiles.Sources, """{"claudeCode":{"enabled":false}}""");
        files.Write(DataFiles.Projects, """
            [
              { "id": "shop", "status": "active", "progress": 20, "custom": [1, 2], "auto": { "progress": 20 } },
              { "id": "shop-old", "status": "paused", "path": "/nowhere/shop-old" },
              { "id": "blog", "status": "active" }
            ]

            """);
        UsageLedger.Load(files.Data, repair: true).Apply([Row("shop", 5), Row("shop-old", 3), Row("blog", 1)]);
        workspace = new Workspace(files.Data, new WorkspaceOptions { Time = new FakeTimeProvider(Now), Environment = _ => null });
        workspace.Load();
        return Task.CompletedTask;
    }

    async Task IAsyncLifetime.DisposeAsync() => await workspace.DisposeAsync();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task MoveAsync_ThenUndo_LeavesTheFileAsItWas()
    {
        string before = Normal();

        BoardChange change = (await Book.MoveAsync(new BoardMove("shop", "completed")))!;
        string moved = files.Text(DataFiles.Projects);
        bool undone = await Book.UndoAsync(change);

        Assert.Contains("\"beforeCompletion\": {", moved, StringComparison.Ordinal);
        Assert.Contains("\"custom\": [", moved, StringComparison.Ordinal);
        Assert.True(undone);
        Assert.Equal(before, Normal());
    }

    [Fact]
    public async Task UndoAsync_MovedAgainMeanwhile_ChangesNothing()
    {
        BoardChange change = (await Book.MoveAsync(new BoardMove("shop", "paused")))!;
        await Book.MoveAsync(new BoardMove("shop", "completed"));

        Assert.False(await Book.UndoAsync(change));
        Assert.Equal("completed", Book.Find("shop")!.Status);
    }

    [Fact]
    public async Task MoveAsync_ManyAtOnce_LosesNone()
    {
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Book.MoveAsync(new BoardMove(i % 2 == 0 ? "shop" : "blog", ProjectStatus.All[i % 3]))));
        await Book.MoveAsync(new BoardMove("shop", "paused"));

        Assert.Equal("paused", Shown.Project("shop")!.Status);
        Assert.Equal("paused", workspace.Store.Read(ProjectDocuments.Projects).Value!.Find("shop")!.Status);
    }

    [Fact]
    public async Task MoveAsync_KeepsTheFiguresItNeedNotComputeAgain()
    {
        object figures = Shown.Analytics;

        await Book.MoveAsync(new BoardMove("shop", "paused"));

        Assert.Same(figures, Shown.Analytics);
        Assert.Equal("paused", Shown.Project("shop")!.Status);
    }

    [Fact]
    public async Task MergeAsync_UsageOfBoth_CountsForOneAndBackAgain()
    {
        Assert.True(await Book.MergeAsync("shop-old", "shop"));

        Assert.Equal(8, Shown.Project("shop")!.MonthSpend);
        Assert.Null(Shown.Project("shop-old"));
        Assert.Equal(("shop-old", "shop"), (Shown.Hidden[0].Id, Shown.Hidden[0].MergedInto));
        Assert.Equal(9, Shown.Analytics.Total.Month.Spend);
        ProjectCatalogue catalogue = new(workspace.Store.Read(ProjectDocuments.Projects).Value!);
        Assert.Equal("shop", catalogue.IdFor("/nowhere/shop-old"));
        Assert.Equal("shop", catalogue.IdForName("shop-old"));

        Assert.True(await Book.SeparateAsync("shop-old"));
        Assert.Equal((5m, 3m), (Shown.Project("shop")!.MonthSpend, Shown.Project("shop-old")!.MonthSpend));
    }

    [Theory]
    [InlineData("shop", "shop")]
    [InlineData("shop", "nowhere")]
    [InlineData("nowhere", "shop")]
    public async Task MergeAsync_ImpossiblePair_ChangesNothing(string id, string into)
    {
        string before = files.Text(DataFiles.Projects);

        Assert.False(await Book.MergeAsync(id, into));
        Assert.Equal(before, files.Text(DataFiles.Projects));
    }

    [Fact]
    public void Owners_CirclesAndMissingTargets_EndAndMergeNothing()
    {
        ProjectList list =
        [
            new() { Id = "a", MergedInto = "b" }, new() { Id = "b", MergedInto = "a" }, new() { Id = "c", MergedInto = "nowhere" },
            new() { Id = "d", MergedInto = "e" }, new() { Id = "e", MergedInto = "f" }, new() { Id = "f" },
        ];

        Assert.Equal([("d", "f"), ("e", "f")], ProjectOwners.Of(list).Select(o => (o.Key, o.Value)).Order());
    }

    [Fact]
    public async Task ArchiveAsync_SyncAfterwards_DoesNotBringItBack()
    {
        Assert.True(await Book.ArchiveAsync("blog", archived: true));
        await workspace.Sync.RunAsync("manual");

        Assert.Null(Shown.Project("blog"));
        Assert.Contains(Shown.Usage.Rows, r => r.Project == "blog");
        Assert.True(await Book.ArchiveAsync("blog", archived: false));
        Assert.NotNull(Shown.Project("blog"));
    }

    [Fact]
    public async Task EditAsync_OneField_LeavesTheOthersAsTheFileHoldsThem()
    {
        ProjectEdit shown = ProjectEdit.Of(Book.Find("shop")!);
        await Book.MoveAsync(new BoardMove("shop", "paused"));

        await Book.EditAsync("shop", shown, shown with { Client = " Grocer ", Deadline = "2026-12-11" });

        ProjectRecord project = Book.Find("shop")!;
        Assert.Equal(("paused", "Grocer", "2026-12-11", null), (project.Status, project.Client, project.Deadline, project.Name));
    }

    [Theory]
    [InlineData("Progress", "101")]
    [InlineData("Progress", "-1")]
    [InlineData("Progress", "1e9")]
    [InlineData("Deadline", "soon")]
    [InlineData("Deadline", "0001-01-01")]
    [InlineData("StartDate", "2026-02-30")]
    [InlineData("Status", "archived")]
    [InlineData("Name", "two\nlines")]
    public async Task EditAsync_NotAllowed_NamesTheFieldAndWritesNothing(string field, string value)
    {
        string before = files.Text(DataFiles.Projects);
        ProjectEdit shown = ProjectEdit.Of(Book.Find("shop")!);
        ProjectEdit edit = shown with { };
        typeof(ProjectEdit).GetProperty(field)!.SetValue(edit, value);

        ValidationException failure = await Assert.ThrowsAsync<ValidationException>(() => Book.EditAsync("shop", shown, edit));

        Assert.Equal(field, Assert.Single(failure.Errors).PropertyName);
        Assert.Equal(before, files.Text(DataFiles.Projects));
    }

    [Fact]
    public async Task SetColumnLimitAsync_SetAndTakenAway_IsInTheFileAndOnScreen()
    {
        await workspace.SetColumnLimitAsync("active", 3);
        Assert.Equal(3, Shown.Board.WipLimits["active"]);

        await workspace.SetColumnLimitAsync("active", null);

        Assert.Empty(Shown.Board.WipLimits);
        await Assert.ThrowsAsync<ValidationException>(() => workspace.SetColumnLimitAsync("active", 0));
    }

    private string Normal() => System.Text.Encoding.UTF8.GetString(DocumentJson.Serialize(workspace.Store.Read(ProjectDocuments.Projects).Value!, ProjectDocuments.Projects.Json));

    private static UsageRow Row(string project, decimal cost) => new()
    {
        Date = new DateOnly(2026, 11, 20),
        Project = project,
        Session = project,
        Model = "claude-opus-4-5",
        Source = UsageSource.ClaudeCode,
        Calls = 1,
        TokensIn = 1,
        Cost = cost,
    };
}
