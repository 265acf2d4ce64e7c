using AiaiaiDashboard.Hosting;

namespace AiaiaiDashboard.Integration.Tests.Hosting;

public sealed class IdleTurnTests
{
    [Fact]
    public void Comes_FewTabs_Never()
    {
        var turn = new IdleTurn();

        Assert.All(Enumerable.Range(0, 10), _ => Assert.False(turn.Comes(IdleTurn.Enough - 1)));
    }

    [Fact]
    public void Comes_ManyTabs_OnceWhenItIsQuiet()
    {
        var turn = new IdleTurn();

        bool[] comes = [turn.Comes(50), turn.Comes(100), turn.Comes(150), turn.Comes(150), turn.Comes(150), turn.Comes(151), turn.Comes(151)];

        Assert.Equal([false, false, false, true, false, false, false], comes);
    }

    [Fact]
    public void Comes_WorkSinceTheLastTurn_CountsAnew()
    {
        var turn = new IdleTurn();
        turn.Comes(100);
        turn.Comes(100);

        bool[] comes = [turn.Comes(100 + IdleTurn.Enough), turn.Comes(100 + IdleTurn.Enough)];

        Assert.Equal([false, true], comes);
    }
}
