using System.Globalization;
using System.Text;

namespace AiaiaiDashboard.Benchmarks.Ingest.Transcripts;

/// <summary>Where and when a session happens.</summary>
/// <param name="Directory">Working directory.</param>
/// <param name="Branch">Of git.</param>
/// <param name="Start">First moment.</param>
/// <param name="Era">In force then.</param>
/// <param name="Id">Of the session.</param>
/// <param name="Agent">Id of the subagent whose file this is; null for the session itself.</param>
internal sealed record SessionPlace(string Directory, string Branch, DateTimeOffset Start, Era Era, string Id, string? Agent);

/// <summary>One conversation, written line by line.</summary>
internal abstract class TranscriptSession
{
    protected static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    protected TranscriptSession(SessionPlace place, SeededRandom random, TextPool pool)
    {
        Place = place;
        Random = random;
        Pool = pool;
        Time = place.Start;
        Version = random.Pick(place.Era.Versions);
        Model = place.Agent is not null && random.Chance(.6) ? place.Era.SmallModel : random.Pick(place.Era.Models);
        OneHour = random.Chance(place.Era.Shape == LineShape.Iterations ? .5 : .1);
    }

    protected SessionPlace Place { get; }

    protected SeededRandom Random { get; }

    protected TextPool Pool { get; }

    /// <summary>The line being written.</summary>
    protected StringBuilder Line { get; } = new();

    protected string Version { get; }

    protected string Model { get; }

    /// <summary>Whether cache writes live for one hour.</summary>
    protected bool OneHour { get; }

    protected DateTimeOffset Time { get; private set; }

    protected string Timestamp => Time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", Invariant);

    protected string MessageId() => $"msg_01{Random.Base58(22)}";

    protected string RequestId() => $"req_011{Random.Base58(21)}";

    /// <summary>Goes on until the file is full.</summary>
    public void Write(TranscriptOutput output)
    {
        while (!output.IsFull)
        {
            WriteTurn(output);
        }
    }

    /// <summary>Writes the next lines; stops where the file is full.</summary>
    protected abstract void WriteTurn(TranscriptOutput output);

    protected void Pass(int fromMilliseconds, int toMilliseconds) => Time = Time.AddMilliseconds(Random.Between(fromMilliseconds, toMilliseconds));
}
