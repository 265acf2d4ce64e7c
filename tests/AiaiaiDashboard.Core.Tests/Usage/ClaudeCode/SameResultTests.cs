using AiaiaiDashboard.Tests.Shared;
using CsCheck;
using static AiaiaiDashboard.Tests.Shared.TranscriptLines;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode;

/// <summary>
/// Rule R32: however lines are spread over files and syncs, in whatever order, with or without the caches, the rows are the same. Lines
/// without an id are known by their place and are left out here.
/// </summary>
public sealed class SameResultTests
{
    private static readonly string[] Models = ["claude-sonnet-4-6", "claude-sonnet-4-5", "claude-opus-4-6", "us.anthropic.claude-opus-4-6-v1:0", "proxy"];
    private static readonly string[] ItemKinds = ["message", "fallback_message", "advisor_message", "compaction"];

    private static readonly Gen<string> GenLine =
        from identity in Gen.Select(Gen.Int[1, 4], Gen.Int[0, 2], Gen.Bool)
        from place in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 2], Gen.Int[0, 60])
        from counters in Gen.Select(Gen.Int[0, 3], Gen.Int[0, 300], Gen.Int[0, 250_000], Gen.Int[0, 2])
        from flags in Gen.Select(Gen.Int[0, 3], Gen.OneOf(Models), Gen.Int[0, 9], Gen.Bool)
        from items in Gen.Select(Gen.OneOf(ItemKinds), Gen.OneOf(Models), Gen.Int[0, 5]).Array[0, 2]
        select Line(identity, place, counters, flags, items);

    private static readonly Gen<Plan> GenPlan =
        from lines in GenLine.Array[1, 12]
        from order in Gen.Shuffle(Enumerable.Range(0, lines.Length).ToArray())
        from files in Gen.Int[0, 3].Array[lines.Length]
        from syncs in Gen.Bool.Array[lines.Length]
        from forget in Gen.Int[0, 3].Array[lines.Length]
        select new Plan(lines, order, files, syncs, forget);

    [Fact]
    public void Run_AnySpreadOfLinesOverFilesAndSyncs_GivesTheSameRows() => GenPlan.Sample(
        plan =>
        {
            using var whole = new IngestBench();
            whole.Write("-w/s.jsonl", plan.Lines);
            whole.Run();
            using var spread = new IngestBench();
            for (int i = 0; i < plan.Lines.Length; i++)
            {
                spread.Write($"-w/{plan.Files[i]}.jsonl");
            }

            for (int i = 0; i < plan.Lines.Length; i++)
            {
                spread.Append($"-w/{plan.Files[i]}.jsonl", plan.Lines[plan.Order[i]] + "\n");
                if (plan.Syncs[i])
                {
                    spread.Run();
                    if (plan.Forget[i] == 0)
                    {
                        spread.DeleteCache();
                    }
                }
            }

            spread.Run();
            Assert.Equal(whole.Lines(), spread.Lines());
        },
        iter: 60,
        threads: 1);

    [Fact]
    public void Run_LinesReplacedFileByFileWithoutLosingTheCache_KeepsEveryCall() => GenPlan.Sample(
        plan =>
        {
            using var whole = new IngestBench();
            whole.Write("-w/s.jsonl", plan.Lines);
            whole.Run();

            // Every sync sees one line only: what a file held before is gone from disk.
            using var passing = new IngestBench();
            foreach (int i in plan.Order)
            {
                passing.Write("-w/s.jsonl", "{\"line\":" + i + "}", plan.Lines[i]);
                passing.Run();
            }

            Assert.Equal(whole.Lines(), passing.Lines());
        },
        iter: 30,
        threads: 1);

    private static string Line(
        (int Message, int Request, bool Side) identity,
        (int Session, int Folder, int Minute) place,
        (int Input, int Output, int Read, int Split) counters,
        (int Kind, string Model, int Rare, bool Progress) flags,
        (string Kind, string Model, int Tokens)[] items)
    {
        string at = FormattableString.Invariant($"2026-03-10T{22 + (place.Minute / 30)}:{place.Minute % 30:00}:00Z");
        at = place.Minute == 60 ? "2026-03-11T00:00:00Z" : at;
        TranscriptLine line = Assistant($"m{identity.Message}", identity.Request == 0 ? null : $"r{identity.Request}")
            .Session($"s{place.Session}").Cwd($"/p{place.Folder}").At(at).Model(flags.Model)
            .Tokens(counters.Input, counters.Output, 10, counters.Read);
        line = identity.Side ? line.Sidechain() : line;
        line = counters.Split == 0 ? line : line.Split(counters.Output, counters.Split);
        line = flags.Kind switch { 1 => line.Fast(), 2 => line.Us(), 3 => line.Batch(), _ => line };
        line = flags.Rare switch { 0 => line.Cost("0.5"), 1 => line.Searches(2), 2 => line.Tokens(0, 0, 0, 0), 3 => line.At("never"), _ => line };
        foreach ((string kind, string model, int tokens) in items)
        {
            line.Item(kind, model, tokens, tokens);
        }

        return flags.Progress && flags.Rare > 6 ? Progress(line).Session($"s{place.Session}").Cwd($"/p{place.Folder}") : line;
    }

    private sealed record Plan(string[] Lines, int[] Order, int[] Files, bool[] Syncs, int[] Forget);
}
