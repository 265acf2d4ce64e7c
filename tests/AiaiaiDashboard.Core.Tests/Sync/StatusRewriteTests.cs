using System.Text;
using System.Text.Json;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;

namespace AiaiaiDashboard.Core.Tests.Sync;

/// <summary>The status of a run put into the document of the last one, as the serializer would write it.</summary>
public sealed class StatusRewriteTests
{
    private static readonly DateTimeOffset Started = new(2026, 3, 11, 12, 0, 0, 120, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(SyncStatus.MaxRecentRuns - 1)]
    [InlineData(SyncStatus.MaxRecentRuns)]
    public void Write_RunsBefore_IsWhatTheSerializerWrites(int runs)
    {
        SyncStatus last = Status(runs);
        StatusRewrite rewrite = StatusRewrite.Of(Bytes(last))!;
        rewrite.Note(SyncStepNames.Tokens, 1_234, 5);

        byte[] document = rewrite.Write(Started, Started.AddSeconds(1.5), 1_500, 9);

        SyncStepStatus[] steps = [last.Steps[0] with { Items = 1_234, DurationMs = 5, Sources = [last.Steps[0].Sources![0] with { Items = 9 }, last.Steps[0].Sources![1]] }, last.Steps[1] with { DurationMs = 0 }];
        var run = new SyncRunSummary { StartedAt = Started, Status = SyncOutcome.Success, DurationMs = 1_500, Trigger = "cli", Steps = [.. steps.Select(SyncRunStep.Of)] };
        SyncStatus expected = last with { LastSync = Started.AddSeconds(1.5), DurationMs = 1_500, Steps = steps, RecentRuns = [run, .. last.RecentRuns.Take(SyncStatus.MaxRecentRuns - 1)] };
        Assert.Equal(Encoding.UTF8.GetString(Bytes(expected)), Encoding.UTF8.GetString(document));
    }

    [Theory]
    [InlineData("\"success\"", "\"partial\"")]
    [InlineData("\"steps\"", "\"stages\"")]
    [InlineData("\"recentRuns\": [", "\"recentRuns\": [], \"x\": [")]
    [InlineData("\"durationMs\": 7", "\"durationMs\": \"7\"")]
    [InlineData("\"lastSync\": \"", "\"lastSync\": null, \"x\": \"")]
    [InlineData("{\n  \"lastSync\"", "{\n  \"nextSync\": \"2026-03-11T13:00:00Z\",\n  \"lastSync\"")]
    [InlineData("\"items\": 3", "\"items\": 3, \"items\": 3")]
    [InlineData("\"durationMs\": 7", "\"durationMs\": 7, \"durationMs\": 7")]
    [InlineData("\"trigger\": \"cli\"", "\"trigger\": \"\\ud800\"")]
    [InlineData("{\n  \"lastSync\"", "{\n  \"running\": {},\n  \"lastSync\"")]
    [InlineData("\"name\": \"tokens\"", "\"name\": \"tok\\u0065ns\"")]
    [InlineData("\"skipped\",\n      \"durationMs\"", "\"failed\",\n      \"durationMs\"")]
    [InlineData("\n}\n", "\n}\n}")]
    [InlineData("\n}\n", "\n")]
    public void Of_AnythingElse_IsNone(string text, string instead)
    {
        string document = Encoding.UTF8.GetString(Bytes(Status(2)));
        int at = document.IndexOf(text, StringComparison.Ordinal);
        Assert.True(at >= 0);

        Assert.Null(StatusRewrite.Of(Encoding.UTF8.GetBytes(document[..at] + instead + document[(at + text.Length)..])));
    }

    // Told by a server that is gone.
    [Fact]
    public void Write_NextSyncOfAServer_IsLeftOut()
    {
        SyncStatus last = Status(2);
        StatusRewrite rewrite = StatusRewrite.Of(Bytes(last with { NextSync = Started.AddHours(1) }))!;

        Assert.Equal(StatusRewrite.Of(Bytes(last))!.Write(Started, Started, 1), rewrite.Write(Started, Started, 1));
    }

    [Fact]
    public void Of_BytesThatAreNoUtf8_IsNone()
    {
        byte[] document = Bytes(Status(2));
        document[document.AsSpan().IndexOf("cli"u8)] = 0xFF;

        Assert.Null(StatusRewrite.Of(document));
    }

    // Whatever happened to the file: it is refused, or what is written is a document.
    [Fact]
    public void Of_DamagedDocument_IsNoneOrLeadsToADocument()
    {
        var random = new Random(3);
        byte[] whole = Bytes(Status(3));
        byte[] alphabet = Encoding.UTF8.GetBytes("{}[]:,\"\\0123456789nulltrue \n\0é");
        int taken = 0;
        for (int i = 0; i < 5_000; i++)
        {
            byte[] damaged = [.. whole];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                int place = random.Next(damaged.Length);
                damaged = random.Next(3) switch
                {
                    0 => [.. damaged[..place], .. damaged[(place + 1)..]],
                    1 => [.. damaged[..place], alphabet[random.Next(alphabet.Length)], .. damaged[place..]],
                    _ => [.. damaged[..place], alphabet[random.Next(alphabet.Length)], .. damaged[(place + 1)..]],
                };
            }

            if (StatusRewrite.Of(damaged) is { } rewrite)
            {
                taken++;
                using var document = JsonDocument.Parse(rewrite.Write(Started, Started, 1, 1));
            }
        }

        Assert.InRange(taken, 100, 4_900);
    }

    private static byte[] Bytes(SyncStatus status) => DocumentJson.Serialize(status, SyncDocuments.Status.Json);

    private static SyncStatus Status(int runs)
    {
        SyncStepStatus[] steps =
        [
            new()
            {
                Name = SyncStepNames.Tokens,
                Status = SyncOutcome.Success,
                DurationMs = 7,
                Items = 3,
                Sources = [new() { Name = "claude-code", Status = SyncOutcome.Success, Items = 2, Paths = ["/a \"b\""], Note = "é" }, new() { Name = "manual", Status = SyncOutcome.Skipped }],
            },
            new() { Name = "quality", Status = SyncOutcome.Skipped, DurationMs = 1, Error = "Nothing \"here\"." },
        ];
        SyncRunSummary Run(int number) => new()
        {
            StartedAt = Started.AddHours(-number - 1),
            Status = SyncOutcome.Success,
            DurationMs = number,
            Trigger = "cli",
            Steps = [.. steps.Select(SyncRunStep.Of)],
        };
        return new SyncStatus { LastSync = Started.AddHours(-1), Status = SyncOutcome.Success, DurationMs = 7, Steps = steps, RecentRuns = [.. Enumerable.Range(0, runs).Select(Run)] };
    }
}
