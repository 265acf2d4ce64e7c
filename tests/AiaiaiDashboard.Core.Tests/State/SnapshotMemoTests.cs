using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Core.Tests.State;

public sealed class SnapshotMemoTests
{
    [Fact]
    public void Once_AskedTwice_ComputesOnce()
    {
        var snapshot = new DashboardSnapshot { IsLoaded = true };
        int computed = 0;
        string Ask(string project) => snapshot.Once(("spend", project), () => $"{project} {++computed}");

        Assert.Equal(["a 1", "a 1", "b 2", "a 1"], new[] { "a", "a", "b", "a" }.Select(Ask));
    }

    [Fact]
    public void Once_AnotherSnapshot_KnowsNothingOfIt()
    {
        var snapshot = new DashboardSnapshot { IsLoaded = true };
        Assert.Equal("old", snapshot.Once("key", () => "old"));

        Assert.Equal("new", (snapshot with { IsDemo = true }).Once("key", () => "new"));
        Assert.Equal("newer", (snapshot with { }).Once("key", () => "newer"));
    }

    [Fact]
    public void Once_MoreQuestionsThanAreKept_StillAnswers()
    {
        var snapshot = new DashboardSnapshot { IsLoaded = true };
        for (int i = 0; i < 3 * SnapshotMemo.MaxAnswers; i++)
        {
            int key = i;
            Assert.Equal($"{key}", snapshot.Once(key, () => $"{key}"));
        }
    }
}
