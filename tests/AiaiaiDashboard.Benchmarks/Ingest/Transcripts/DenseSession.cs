namespace AiaiaiDashboard.Benchmarks.Ingest.Transcripts;

/// <summary>Nothing but calls, each with usage and 1.8 to 4.2 KB of text: the most work a byte can cause.</summary>
internal sealed class DenseSession(SessionPlace place, SeededRandom random, TextPool pool) : TranscriptSession(place, random, pool)
{
    protected override void WriteTurn(TranscriptOutput output)
    {
        Pass(500, 60_000);
        var usage = new CallUsage(Random.Between(100, 1100), Random.Between(20, 220), Random.Between(0, 5000), Random.Between(0, 300), OneHour, Fast: false);
        Line.Clear()
            .Append(Invariant, $"{{\"timestamp\":\"{Timestamp}\",\"cwd\":\"{Place.Directory}\",\"sessionId\":\"{Place.Id}\",\"version\":\"{Version}\",")
            .Append(Invariant, $"\"message\":{{\"id\":\"{MessageId()}\",\"model\":\"{Model}\",\"content\":[{{\"type\":\"text\",\"text\":\"")
            .Append(Pool.Text(Random.Between(1800, 4200)))
            .Append("\"}],");
        usage.Write(Line, Place.Era.Shape, usage.Output);
        output.Write(Line.Append(Invariant, $"}},\"requestId\":\"{RequestId()}\"}}"));
    }
}
