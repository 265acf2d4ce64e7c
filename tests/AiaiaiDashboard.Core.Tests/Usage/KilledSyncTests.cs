using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Tests.Storage;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.CrashHarness;
using static AiaiaiDashboard.Tests.Shared.TranscriptLines;

namespace AiaiaiDashboard.Core.Tests.Usage;

/// <summary>Syncs killed with SIGKILL at random points while transcripts grow: the next one gives the totals of an undisturbed one.</summary>
public sealed class KilledSyncTests : IDisposable
{
    private const int FewRounds = 5;
    private const int ManyRounds = 100;

    /// <summary>Longest time until a kill: a little more than such a sync takes.</summary>
    private const int MaxMicroseconds = 400_000;

    private readonly string root = Directory.CreateTempSubdirectory("aiaiai-killed-").FullName;
    private readonly Random random = new(20261125);

    // Recent, so that no retention takes the rows away.
    private readonly DateOnly firstDay = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-60);
    private int calls;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public Task Sync_KilledAFewTimes_EndsWithTheTotalsOfAnUndisturbedOne() => KillRounds(FewRounds);

    [Fact]
    [Trait("Category", "Long")]
    public Task Sync_Killed100Times_EndsWithTheTotalsOfAnUndisturbedOne() => KillRounds(ManyRounds);

    private async Task KillRounds(int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            Grow(round);
            using var process = new KilledProcess("once", DataOf("killed"));
            process.KillAfter(1, TimeSpan.FromMicroseconds(random.Next(0, MaxMicroseconds)));
        }

        await SyncAsync("killed");
        await SyncAsync("undisturbed");

        List<string> expected = Rows("undisturbed");
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Rows("killed"));
        Assert.DoesNotContain(Directory.EnumerateFiles(DataOf("killed"), "*.tmp", SearchOption.AllDirectories), _ => true);
    }

    // Calls of several days and sessions, streamed in two lines of which the second may come a round later, and a copy of an earlier call.
    private void Grow(int round)
    {
        string folder = Path.Combine(root, "claude", "projects", $"-w{round % 3}");
        Directory.CreateDirectory(folder);
        using StreamWriter transcript = File.AppendText(Path.Combine(folder, $"s{round % 4}.jsonl"));
        for (int i = 0; i < 400; i++)
        {
            int id = calls++;
            string day = FormattableString.Invariant($"{firstDay.AddDays(id % 28):yyyy-MM-dd}T10:00:00.000Z");
            transcript.Write(Assistant($"m{id}", $"r{id}").At(day).Cwd($"/gone/p{id % 5}").Session($"s{round % 4}").Tokens(output: 5) + "\n");
            int earlier = random.Next(Math.Max(1, id));
            transcript.Write(Assistant($"m{earlier}", $"r{earlier}").At(day).Cwd("/gone/p1").Session("copy").Tokens(output: 20 + (earlier % 7)) + "\n");
        }
    }

    private async Task SyncAsync(string name) => await new OneSync(DataOf(name), _ => { }).RunAsync();

    private string DataOf(string name) => Path.Combine(root, name);

    private List<string> Rows(string name)
    {
        UsageLedger ledger = UsageLedger.Load(new DataDirectory(DataOf(name)), repair: false);
        Assert.Empty(ledger.Problems);
        return [.. ledger.Rows.Where(r => r.Calls > 0).OrderBy(r => r.Key, UsageKey.Order)
            .Select(r => FormattableString.Invariant($"{r.Key} {r.Calls} {r.TokensIn} {r.TokensOut} {r.CacheWrite} {r.CacheRead} {r.Cost} {r.FirstAt:O} {r.LastAt:O}"))];
    }
}
