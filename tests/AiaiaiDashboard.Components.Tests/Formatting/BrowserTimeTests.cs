using AiaiaiDashboard.Formatting;
using Microsoft.Extensions.Time.Testing;

namespace AiaiaiDashboard.Components.Tests.Formatting;

public sealed class BrowserTimeTests
{
    [Fact]
    public void SetZone_KnownName_TellsSubscribers()
    {
        using var clock = new BrowserTime(new FakeTimeProvider(SampleSnapshot.Now));
        int calls = 0;
        using IDisposable subscription = clock.Subscribe(() => calls++);

        clock.SetZone("Asia/Tokyo", 540);

        Assert.Equal("Asia/Tokyo", clock.Zone.Id);
        Assert.Equal(1, calls);
    }

    [Theory]
    [InlineData("Nowhere/AtAll", 330, 330)]
    [InlineData("", 100_000, 0)]
    [InlineData(null, -480, -480)]
    public void SetZone_UnknownName_TakesTheOffset(string? name, int offset, int expected)
    {
        using var clock = new BrowserTime(new FakeTimeProvider(SampleSnapshot.Now));

        clock.SetZone(name, offset);

        Assert.Equal(TimeSpan.FromMinutes(expected), clock.Zone.GetUtcOffset(SampleSnapshot.Now));
    }

    [Fact]
    public void Subscribe_Tick_CallsUntilDisposed()
    {
        var time = new FakeTimeProvider(SampleSnapshot.Now);
        using var clock = new BrowserTime(time);
        int calls = 0;
        IDisposable subscription = clock.Subscribe(() => calls++);
        time.Advance(BrowserTime.Tick);
        subscription.Dispose();
        time.Advance(BrowserTime.Tick);

        Assert.Equal(1, calls);
    }
}
