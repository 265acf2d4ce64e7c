using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using AiaiaiDashboard.Tests.Shared;
using Microsoft.Extensions.Time.Testing;
using static AiaiaiDashboard.Tests.Shared.TranscriptLines;

namespace AiaiaiDashboard.Core.Tests.Sync;

/// <summary>Syncs of nothing but what transcripts say anew: they leave what a full one would leave, or leave it to a full one.</summary>
public sealed class AppendSyncTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("aiaiai-append-").FullName;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 11, 12, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<string, string> variables;
    private readonly DataDirectory lean;
    private readonly DataDirectory full;
    private readonly Random random = new(7);

    // What of a transcript is still to be written, by its number.
    private readonly Dictionary<int, string> rests = [];

    public AppendSyncTests()
    {
        Requires.Unix();
        lean = DataOf("lean");
        full = DataOf("full");
        variables = new Dictionary<string, string> { ["CLAUDE_CONFIG_DIR"] = Path.Combine(root, "claude"), ["HOME"] = root };
        Directory.CreateDirectory(Transcripts);
    }

    private string Transcripts => Path.Combine(root, "claude", "projects", "-gone");

    public void Dispose() => Directory.Delete(root, recursive: true);

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task TryRun_RandomAppends_LeavesWhatFullSyncsLeave(int seed)
    {
        var random = new Random(seed);
        var lines = new List<string>();
        // Every directory and model is there from the beginning: what is new is the calls.
        Append(0, [.. Enumerable.Range(0, 12).Select(i => NextLine(random, lines, i))]);
        Append(1, [NextLine(random, lines, 0)]);
        await BothFullAsync();
        int taken = 0;
        for (int round = 0; round < 12; round++)
        {
            time.Advance(TimeSpan.FromMinutes(random.Next(1, 5)));
            int file = random.Next(4);
            string[] added = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => NextLine(random, lines, -1))];
            // Sometimes the last line is cut off, and completed with the next append.
            Append(file, added, torn: random.Next(4) == 0);

            taken += await BothAsync() ? 1 : 0;

            Assert.Equal(Documents(full), Documents(lean));
            Assert.Equal(Status(full), Status(lean));
        }

        Assert.Equal(12, taken);
        Directory.Delete(lean.PathOf("cache"), recursive: true);
        await FullAsync(lean);
        Assert.Equal(Rows(full), Rows(lean));
    }

    [SkippableTheory]
    [InlineData("appended", true)]
    [InlineData("added", true)]
    [InlineData("removed", true)]
    [InlineData("of a new directory", false)]
    [InlineData("malformed", false)]
    [InlineData("over a threshold of the budget", false)]
    public async Task TryRun_TranscriptChanged_TakesWhatIsUsual(string change, bool taken)
    {
        Append(0, [Assistant("m1").Cwd(Cwd(1))]);
        Append(1, [Assistant("m2").Cwd(Cwd(1))]);
        await BothFullAsync();
        switch (change)
        {
            case "appended": Append(0, [Assistant("m3").Cwd(Cwd(1))]); break;
            case "added": Append(2, [Assistant("m3").Cwd(Cwd(1))]); break;
            case "removed": File.Delete(FileOf(1)); break;
            case "of a new directory": Append(0, [Assistant("m3").Cwd(Cwd(2))]); break;
            case "malformed": Append(0, ["""{"message":{"usage":{"input_tokens":"x"}}}"""]); break;
            default: Append(0, [Assistant("m3").Cwd(Cwd(1)).Cost("170")]); break;
        }

        Assert.Equal(taken, await BothAsync());

        Assert.Equal(Documents(full), Documents(lean));
        Assert.Equal(Status(full), Status(lean));
    }

    [SkippableFact]
    public async Task TryRun_AfterAnAppend_FindsThatNothingChanged()
    {
        Append(0, [Assistant("m1").Cwd(Cwd(1))]);
        await BothFullAsync();
        Append(0, [Assistant("m2").Cwd(Cwd(1))]);
        Assert.NotNull(QuietSync.Begin(lean, time)?.Run(variables.GetValueOrDefault));
        Dictionary<string, DateTime> before = Written();

        Assert.NotNull(QuietSync.Begin(lean, time)?.Run(variables.GetValueOrDefault));

        Assert.Equal(before, Written());
    }

    [SkippableTheory]
    [InlineData("history/tokens-2026-03.jsonl")]
    [InlineData("analytics.json")]
    [InlineData("config/alerts.json")]
    [InlineData("projects.json")]
    public async Task TryRun_AnotherFileChangedToo_LeavesItToAFullSync(string file)
    {
        Append(0, [Assistant("m1").Cwd(Cwd(1))]);
        await BothFullAsync();
        Append(0, [Assistant("m2").Cwd(Cwd(1))]);
        Directory.CreateDirectory(lean.PathOf("config"));
        File.AppendAllText(lean.PathOf(file), file == "config/alerts.json" ? "{}" : "\n");

        Assert.Null(QuietSync.Begin(lean, time)?.Run(variables.GetValueOrDefault));
    }

    /// <summary>Killed after so many of its writes; -1: within a line of the ledger.</summary>
    [SkippableTheory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task TryRun_KilledBetweenTwoWrites_TheNextSyncGivesTheTotalsOfAnUndisturbedOne(int written)
    {
        string[] order =
        [
            "history/tokens-2026-03.jsonl", "cache/calls-changes.bin", "cache/claude-code-versions.json", "cache/transcripts.bin", DataFiles.Analytics, DataFiles.SyncStatus, SyncStamp.File,
        ];
        Append(0, [Assistant("m1").Cwd(Cwd(1)).At("2026-03-10T10:00:00Z"), Assistant("m2").Cwd(Cwd(1))]);
        await BothFullAsync();
        string kept = Path.Combine(root, "kept");
        Dictionary<string, FileIdentity> before = Identities();
        foreach (string file in before.Keys)
        {
            // A second link keeps the very file, with all the system tells of it.
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(kept, file))!);
            Assert.Equal(0, link(Name(lean.PathOf(file)), Name(Path.Combine(kept, file))));
        }

        long ledger = before[order[0]].Length;
        Append(0, [Assistant("m3").Cwd(Cwd(1)), Assistant("m1").Cwd(Cwd(1)).At("2026-03-09T10:00:00Z").Tokens(output: 900)]);
        Assert.NotNull(QuietSync.Begin(lean, time)?.Run(variables.GetValueOrDefault));
        Assert.Equal(order.Order(StringComparer.Ordinal), Identities().Where(f => !before.TryGetValue(f.Key, out FileIdentity old) || old != f.Value).Select(f => f.Key).Order(StringComparer.Ordinal));
        foreach (string file in order.Skip(Math.Abs(written)))
        {
            if (before.ContainsKey(file))
            {
                File.Move(Path.Combine(kept, file), lean.PathOf(file), overwrite: true);
            }
            else
            {
                File.Delete(lean.PathOf(file));
            }
        }

        if (written < 0)
        {
            byte[] all = File.ReadAllBytes(lean.PathOf(order[0]));
            File.WriteAllBytes(lean.PathOf(order[0]), all[..(int)((ledger + all.Length) / 2)]);
        }

        Assert.Equal(written == order.Length, await BothAsync());

        Assert.Equal(Rows(full), Rows(lean));
        Assert.Equal(File.ReadAllText(full.PathOf(DataFiles.Analytics)), File.ReadAllText(lean.PathOf(DataFiles.Analytics)));
    }

    /// <summary>
    /// Killed when only the ledger, or the ledger and the calls were written; then the call that was new turns out to be of the day before. What makes up its
    /// row is in lines that were read long ago.
    /// </summary>
    [SkippableTheory]
    [InlineData("cache/calls-changes.bin", "cache/transcripts.bin")]
    [InlineData("cache/transcripts.bin")]
    public async Task TryRun_KilledAndThenTheCallMoves_TheNextSyncGivesTheTotalsOfAnUndisturbedOne(params string[] notWritten)
    {
        Append(0, [Assistant("m0").Cwd(Cwd(1)).At("2026-03-10T01:00:00Z")]);
        await FullAsync(lean);
        await FullAsync(lean);
        Dictionary<string, byte[]?> before = notWritten.ToDictionary(f => f, f => File.Exists(lean.PathOf(f)) ? File.ReadAllBytes(lean.PathOf(f)) : null);
        Append(0, [Assistant("m1").Cwd(Cwd(1)).At("2026-03-10T02:00:00Z")]);
        Assert.NotNull(QuietSync.Begin(lean, time)?.Run(variables.GetValueOrDefault));
        foreach ((string file, byte[]? content) in before)
        {
            File.Delete(lean.PathOf(file));
            if (content is not null)
            {
                File.WriteAllBytes(lean.PathOf(file), content);
            }
        }

        Append(0, [Assistant("m1").Cwd(Cwd(1)).At("2026-03-09T02:00:00Z")]);
        await FullAsync(lean);

        DataDirectory scratch = DataOf("scratch");
        await FullAsync(scratch);
        Assert.Equal(Rows(scratch), Rows(lean));
        Assert.Equal(2, Rows(lean).Count);
    }

    private Dictionary<string, FileIdentity> Identities() => Directory.EnumerateFiles(lean.Root, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(lean.Root, f), f => FileIdentity.TryRead(f, out FileIdentity identity) ? identity : default, StringComparer.Ordinal);

    [DllImport("libc")]
    private static extern int link(byte[] existing, byte[] added);

    private static byte[] Name(string path) => Encoding.UTF8.GetBytes(path + '\0');

    private DataDirectory DataOf(string name) => new(Path.Combine(root, name));

    private string Cwd(int number) => Path.Combine(root, "gone", $"p{number}");

    private string FileOf(int number) => Path.Combine(Transcripts, $"f{number}.jsonl");

    // A call of its own, one more line of an earlier one, or a copy of it in another session; now and then with something that costs differently.
    private TranscriptLine NextLine(Random random, List<string> ids, int number)
    {
        string id = ids.Count == 0 || random.Next(3) > 0 ? $"m{ids.Count}" : ids[random.Next(ids.Count)];
        ids.Add(id);
        int project = number >= 0 ? number % 3 : random.Next(3);
        string[] models = ["claude-sonnet-4-6", "claude-opus-4-8", "somebody-elses-model", "us.anthropic.claude-haiku-4-5-20251001-v1:0"];
        string at = new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(random.Next(0, 14_000)).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        TranscriptLine line = Assistant(id, random.Next(8) == 0 ? $"req-{random.Next(3)}" : $"req-{id}").Cwd(Cwd(project)).At(at)
            .Session($"s{random.Next(4)}").Model(models[number >= 0 ? number % 4 : random.Next(4)]).Tokens(random.Next(9), random.Next(900), random.Next(9_000), random.Next(250_000));
        return random.Next(10) switch
        {
            0 => line.Fast(),
            1 => line.Us().Searches(random.Next(4)),
            2 => line.Batch(),
            3 => line.Split(random.Next(100), random.Next(100)),
            4 => line.Cost("0.125"),
            5 => line.Sidechain(),
            _ => line,
        };
    }

    private void Append(int file, string[] lines, bool torn = false)
    {
        string text = rests.GetValueOrDefault(file, "") + string.Concat(lines.Select(l => l + "\n"));
        int cut = text.Length - (torn ? random.Next(2, 40) : 0);
        rests[file] = text[cut..];
        File.AppendAllText(FileOf(file), text[..cut]);
    }

    private void Append(int file, TranscriptLine[] lines, bool torn = false) => Append(file, [.. lines.Select(l => l.ToString())], torn);

    private async Task BothFullAsync()
    {
        foreach (DataDirectory directory in new[] { lean, full })
        {
            // The second notes that nothing is left to do.
            await FullAsync(directory);
            await FullAsync(directory);
        }
    }

    // Whether the lean one did it alone.
    private async Task<bool> BothAsync()
    {
        await FullAsync(full);
        if (QuietSync.Begin(lean, time)?.Run(variables.GetValueOrDefault) is not null)
        {
            return true;
        }

        await FullAsync(lean);
        return false;
    }

    private async Task FullAsync(DataDirectory directory)
    {
        await using var workspace = new Workspace(directory, new WorkspaceOptions { Time = time, Environment = variables.GetValueOrDefault, WithSnapshots = false });
        await workspace.Sync.RunAsync("cli");
    }

    // Everything but the outcome of runs, the note of what was seen, which names inodes, and the order in which readers met calls.
    private static Dictionary<string, string> Documents(DataDirectory directory) => Directory.EnumerateFiles(directory.Root, "*", SearchOption.AllDirectories)
        .Select(f => (Name: Path.GetRelativePath(directory.Root, f), Path: f))
        .Where(f => f.Name is not (DataFiles.SyncStatus or DataFiles.Lock or SyncStamp.File) && !f.Name.StartsWith("cache/calls", StringComparison.Ordinal) && !f.Name.EndsWith(".bak", StringComparison.Ordinal))
        .OrderBy(f => f.Name, StringComparer.Ordinal)
        .ToDictionary(f => f.Name, f => f.Name == "cache/transcripts.bin" ? $"{new FileInfo(f.Path).Length}" : File.ReadAllText(f.Path));

    // The status without what the clock says.
    private static string Status(DataDirectory directory)
    {
        JsonNode status = JsonNode.Parse(File.ReadAllText(directory.PathOf(DataFiles.SyncStatus)))!;
        Forget(status);
        // A run that was left to a full sync is one run.
        return status.ToJsonString();

        static void Forget(JsonNode? node)
        {
            if (node is JsonObject map)
            {
                foreach (string clock in new[] { "durationMs", "lastSync", "startedAt" })
                {
                    map.Remove(clock);
                }

                map.ToList().ForEach(p => Forget(p.Value));
            }
            else if (node is JsonArray list)
            {
                list.ToList().ForEach(Forget);
            }
        }
    }

    private static List<string> Rows(DataDirectory directory) =>
        [.. UsageLedger.Load(directory, repair: false).Rows.Where(r => r.Calls > 0).Select(r => $"{r.Key} {r.Calls} {r.TotalTokens} {r.Cost / 1.0000000000000000000000000000m}").Order(StringComparer.Ordinal)];

    private Dictionary<string, DateTime> Written() => Directory.EnumerateFiles(lean.Root, "*", SearchOption.AllDirectories)
        .Where(f => Path.GetFileName(f) is not (DataFiles.SyncStatus or DataFiles.Lock)).ToDictionary(f => f, File.GetLastWriteTimeUtc);
}
