using AiaiaiDashboard.Core.Sync.Watching;
using Microsoft.Extensions.Time.Testing;

namespace AiaiaiDashboard.Core.Tests.Sync.Watching;

public class ChangeDebouncerTests
{
    private readonly FakeTimeProvider time = new();
    private readonly ChangeDebouncer changes;

    public ChangeDebouncerTests() => changes = new ChangeDebouncer(time, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));

    [Fact]
    public void Take_NothingChanged_IsNeverDue()
    {
        time.Advance(TimeSpan.FromHours(1));

        Assert.False(changes.Take());
        Assert.Null(changes.Remaining);
    }

    [Fact]
    public void Take_OneChange_IsDueAfterTheQuietTimeOnce()
    {
        Assert.True(changes.Signal());
        time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(changes.Take());
        Assert.Equal(TimeSpan.FromMilliseconds(1), changes.Remaining);

        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(changes.Take());
        Assert.False(changes.Take());
        Assert.Null(changes.Remaining);
    }

    [Fact]
    public void Take_ChangesThatNeverRest_IsDueEveryLongestTime()
    {
        var reactions = new List<int>();
        for (int tenth = 0; tenth < 150; tenth++)
        {
            changes.Signal();
            time.Advance(TimeSpan.FromMilliseconds(100));
            if (changes.Take())
            {
                reactions.Add(tenth + 1);
            }
        }

        Assert.Equal([50, 100, 150], reactions);
    }

    [Fact]
    public void Signal_ManyChangesAtOnce_OnlyTheFirstWakesAndOneReactionFollows()
    {
        int first = 0;
        Parallel.For(0, 10_000, _ =>
        {
            if (changes.Signal())
            {
                Interlocked.Increment(ref first);
            }
        });
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((1, true, false), (first, changes.Take(), changes.Take()));
        Assert.True(changes.Signal());
    }
}
