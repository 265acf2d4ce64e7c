using System.Text;
using System.Text.Json;
using AiaiaiDashboard.Core.Storage;
using CsCheck;

namespace AiaiaiDashboard.Core.Tests.Storage;

/// <summary>Arbitrary records come back as they were written.</summary>
public sealed class RoundTripTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String,
        Gen.Char.Array[0, 40].Select(chars => new string(chars)),
        Gen.OneOf("", "\n", "\r\n", "\u2028", "\0", "\ud83d", "🎈", "\"\\", "</script>", "{\"a\":1}\n{", "\uFEFF"));

    private static readonly Gen<JsonElement> Elements = Gen.OneOf(
        Texts.Select(text => JsonSerializer.SerializeToElement(text)),
        Gen.Long.Select(number => JsonSerializer.SerializeToElement(number)),
        Gen.OneOf("null", "true", "[1,[2,{\"x\":null}]]", "{\"deep\":{\"er\":[]}}", "1.500", "1e-7").Select(json => JsonDocument.Parse(json).RootElement.Clone()));

    private static readonly Gen<Note> Notes = Gen.Select(
        Texts,
        Gen.Int,
        Gen.Decimal.Nullable(),
        Gen.Int.Array[0, 5],
        Gen.Dictionary(Gen.Int[0, 1000].Select(i => $"extra {i}"), Elements)[0, 4],
        (text, version, amount, numbers, extra) => new Note { Text = Whole(text), Version = version, Amount = amount, Numbers = numbers, Extra = extra.Count == 0 ? null : extra });

    [Fact]
    public void Document_AnyContent_RoundTripsAndIsStable()
    {
        using var folder = new TestFolder();
        var store = new DocumentStore(folder.Data);
        Notes.Sample(
            note =>
            {
                store.WriteAsync(Note.Derived, note).GetAwaiter().GetResult();
                Note read = store.Read(Note.Derived).Value!;
                byte[] bytes = File.ReadAllBytes(folder.Data.PathOf(Note.Derived.Name));

                Assert.Equal((note.Text, note.Version, note.Amount), (read.Text, read.Version, read.Amount));
                Assert.Equal(note.Numbers, read.Numbers);
                Assert.Equal(note.Extra?.Keys.Order() ?? Enumerable.Empty<string>(), read.Extra?.Keys.Order() ?? Enumerable.Empty<string>());
                Assert.Equal(bytes, DocumentJson.Serialize(read, Note.Derived.Json));
                Assert.False(store.WriteAsync(Note.Derived, read).GetAwaiter().GetResult());
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public void Log_AnyRecordsInAnyBatches_ComeBackInOrderOneLineEach()
    {
        Notes.Array[0, 6].Array[0, 6].Sample(
            batches =>
            {
                using var folder = new TestFolder();
                JsonlLog log = folder.Data.Log("history/tokens-2026-11.jsonl");
                foreach (Note[] batch in batches)
                {
                    log.Append([.. batch.SelectMany(note => DocumentJson.SerializeLine(note, Note.Derived.Json))]);
                }

                List<string> lines = JsonlLogTests.Lines(log);
                Note[] expected = [.. batches.SelectMany(b => b)];
                Assert.Equal(expected.Select(n => Encoding.UTF8.GetString(DocumentJson.SerializeLine(n, Note.Derived.Json)).TrimEnd('\n')), lines);
                Assert.Equal(expected.Select(n => n.Text), lines.Select(l => JsonSerializer.Deserialize(l, Note.Derived.Json)!.Text));
            },
            iter: 100,
            threads: 1);
    }

    [Fact]
    public void Log_AppendsCutsAndCompactions_KeepTheLastRowOfEveryKey()
    {
        // 0: append a row for the key; 1: compact; 2: tear the tail as a crash would.
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 4]).Array[1, 25].Sample(
            steps =>
            {
                using var folder = new TestFolder();
                JsonlLog log = folder.Data.Log("history/tokens-2026-11.jsonl");
                Dictionary<int, int> model = [];
                for (int i = 0; i < steps.Length; i++)
                {
                    (int action, int key) = steps[i];
                    if (action == 1)
                    {
                        log.Compact(line => JsonlLogTests.Value(line));
                        Assert.False(log.Compact(line => JsonlLogTests.Value(line)).Rewritten);
                    }
                    else if (action == 2 && log.Exists)
                    {
                        File.AppendAllText(log.Path, "{\"a\":0,\"v\":"[..(1 + (key * 2))] + new string('\0', key));
                    }
                    else if (action == 0)
                    {
                        log.Append(Encoding.UTF8.GetBytes($"{{\"a\":{key},\"v\":{i}}}\n"));
                        model[key] = i;
                    }
                }

                Dictionary<int, int> last = [];
                log.Recover();
                LogReport report = log.Read((line, _, _) => last[JsonlLogTests.Value(line)] = int.Parse(Encoding.UTF8.GetString(line).Split("\"v\":")[1].TrimEnd('}'), System.Globalization.CultureInfo.InvariantCulture));
                Assert.Equal(0, report.BadLines);
                Assert.Equal(model.OrderBy(p => p.Key), last.OrderBy(p => p.Key));
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public void Read_AnyBytes_NeverThrowsAndNeverChangesAPersonsFile()
    {
        using var folder = new TestFolder();
        var store = new DocumentStore(folder.Data);
        Gen.OneOf(Gen.Byte.Array[0, 60], Texts.Select(Encoding.UTF8.GetBytes), Notes.Select(n => DocumentJson.Serialize(n, Note.Person.Json)[..^4])).Sample(
            bytes =>
            {
                folder.Write(Note.Person.Name, bytes);
                DocumentRead<Note> read = store.Read(Note.Person);
                Assert.True(read.Exists);
                Assert.NotEqual(read.Value is null, read.Problem is null);
                if (read.Problem is not null)
                {
                    Assert.ThrowsAny<InvalidDataException>(() => store.WriteAsync(Note.Person, new Note()).GetAwaiter().GetResult());
                    Assert.Equal(bytes, File.ReadAllBytes(folder.Data.PathOf(Note.Person.Name)));
                }
            },
            iter: 500,
            threads: 1);
    }

    [Fact]
    public void Log_AnyBytes_AreReadRepairedAndAppendedTo()
    {
        Gen.OneOf(Gen.Byte.Array[0, 80], Gen.OneOf("{\"a\":1}\n", "{\"a\":", "\n", "\0", "\r", "é", "x", "{\"a\":2}", "\uFEFF").Array[0, 8].Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts)))).Sample(
            bytes =>
            {
                using var folder = new TestFolder();
                folder.Write("history/tokens-2026-11.jsonl", bytes);
                JsonlLog log = folder.Data.Log("history/tokens-2026-11.jsonl");
                LogReport before = log.Read((line, _, _) => JsonlLogTests.Value(line));
                log.Recover();
                LogReport repaired = log.Read((line, _, _) => JsonlLogTests.Value(line));
                log.Append("{\"a\":9}\n"u8);
                LogReport after = log.Read((line, _, _) => JsonlLogTests.Value(line));

                Assert.Equal((before.Lines, before.BadLines), (repaired.Lines, repaired.BadLines));
                Assert.Equal((repaired.Lines + 1, repaired.BadLines), (after.Lines, after.BadLines));
                Assert.False(repaired.HasTornTail || after.HasTornTail);
            },
            iter: 500,
            threads: 1);
    }

    // JSON is UTF-8, which has no lone surrogates: they are written as U+FFFD.
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
