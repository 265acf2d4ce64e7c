using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Projects.Board;
using CsCheck;

namespace AiaiaiDashboard.Core.Tests.Projects.Board;

public class BoardOrderTests
{
    [Fact]
    public void Apply_BetweenTwoNumbered_ChangesTheMovedRowOnly()
    {
        ProjectList list = List(("a", "active", 1), ("b", "active", 2), ("c", "active", 3));
        ProjectRecord a = list[0];
        ProjectRecord b = list[1];

        Move(list, new BoardMove("c", "active", After: "a", Before: "b"));

        Assert.Equal(["a", "c", "b"], Column(list, "active"));
        Assert.Same(a, list[0]);
        Assert.Same(b, list[1]);
        Assert.Equal(1.5m, list[2].Order);
    }

    [Fact]
    public void Apply_ColumnWithoutNumbers_NumbersOnlyWhatStandsBeforeTheCard()
    {
        ProjectList list = List(("a", "active", null), ("b", "active", null), ("c", "active", null), ("x", "paused", null));

        Move(list, new BoardMove("x", "active", After: "b", Before: "c"));

        Assert.Equal(["a", "b", "x", "c"], Column(list, "active"));
        Assert.Equal([1m, 2m, null, 3m], list.Select(p => p.Order));
    }

    [Theory]
    [InlineData(null, null, "a,b,x")]
    [InlineData(null, "a", "x,a,b")]
    [InlineData("a", "gone", "a,x,b")]
    [InlineData("gone", "b", "a,x,b")]
    [InlineData("gone", "gone", "a,b,x")]
    public void Apply_NeighboursThatAreThereOrGone_PutsItWhereTheyTell(string? after, string? before, string expected)
    {
        ProjectList list = List(("a", "active", 1), ("b", "active", 2), ("x", "paused", 7));

        Move(list, new BoardMove("x", "active", after, before));

        Assert.Equal(expected.Split(','), Column(list, "active"));
    }

    [Fact]
    public void Apply_SamePlace_ChangesNothing()
    {
        ProjectList list = List(("a", "active", null), ("b", "active", null));
        ProjectRecord[] before = [.. list];

        Move(list, new BoardMove("b", "active", After: "a"));

        Assert.Equal(before, list);
    }

    [Theory]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("-79228162514264337593543950335", "-79228162514264337593543950335")]
    [InlineData("1", "1")]
    [InlineData("1", "1.0000001")]
    public void Apply_NumbersTypedByHand_NeverOverflow(string first, string second)
    {
        ProjectList list = List(
            ("a", "active", decimal.Parse(first, System.Globalization.CultureInfo.InvariantCulture)),
            ("b", "active", decimal.Parse(second, System.Globalization.CultureInfo.InvariantCulture)),
            ("x", "paused", null));

        Move(list, new BoardMove("x", "active", After: "a", Before: "b"));

        Assert.Equal(["a", "x", "b"], Column(list, "active"));
    }

    [Fact]
    public void Apply_AnyMoves_PutsEveryCardWhereItWasDropped() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 2], Gen.Int[0, 7]).Array[1, 60].Sample(moves =>
        {
            ProjectList list = List([.. Enumerable.Range(0, 7).Select(i => ($"p{i}", ProjectStatus.All[i % 3], i % 2 == 0 ? (decimal?)i : null))]);
            foreach ((int card, int column, int at) in moves)
            {
                string status = ProjectStatus.All[column];
                List<string> expected = [.. Column(list, status).Where(id => id != $"p{card}")];
                int position = Math.Min(at, expected.Count);
                Move(list, new BoardMove($"p{card}", status, expected.ElementAtOrDefault(position - 1), expected.ElementAtOrDefault(position)));
                expected.Insert(position, $"p{card}");
                Assert.Equal(expected, Column(list, status));
            }
        });

    [Fact]
    public void Apply_OneGapHalvedForEver_NumbersTheColumnAnew()
    {
        ProjectList list = List(("a", "active", 1), ("b", "active", 2), ("c", "active", 3));
        for (int i = 0; i < 200; i++)
        {
            string last = Column(list, "active")[2];
            Move(list, new BoardMove(last, "active", After: Column(list, "active")[0], Before: Column(list, "active")[1]));
        }

        Assert.All(list, p => Assert.InRange(p.Order!.Value.Scale, 0, 6));
    }

    [Theory]
    [InlineData(72)]
    [InlineData(null)]
    public void Completion_ThereAndBack_RestoresTheProgress(int? progress)
    {
        var project = new ProjectRecord { Id = "a", Status = "active", Progress = progress };

        ProjectRecord done = Completion.WithStatus(project, "completed");
        ProjectRecord back = Completion.WithStatus(done, "paused");

        Assert.Equal(100, done.Progress);
        Assert.Equal((progress, "paused", null), ((int?)back.Progress, back.Status, back.BeforeCompletion));
    }

    [Fact]
    public void Completion_ProgressTypedMeanwhile_StaysTyped()
    {
        ProjectRecord done = Completion.WithStatus(new ProjectRecord { Id = "a", Progress = 10 }, "completed") with { Progress = 95 };

        Assert.Equal(95, Completion.WithStatus(done, "active").Progress);
    }

    private static ProjectList List(params (string Id, string Status, decimal? Order)[] projects) =>
        new(projects.Select(p => new ProjectRecord { Id = p.Id, Status = p.Status, Order = p.Order }));

    private static void Move(ProjectList list, BoardMove move) => BoardOrder.Apply(list, move, Rank(list));

    private static Func<string, int> Rank(ProjectList list) => id => list.FindIndex(p => p.Id == id);

    private static List<string> Column(ProjectList list, string status) =>
        [.. BoardOrder.Sort(list.Where(p => p.EffectiveStatus == status), p => p.Order).Select(p => p.Id)];
}
