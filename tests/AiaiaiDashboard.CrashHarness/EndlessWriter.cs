using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.CrashHarness;

/// <summary>A document whose payload follows from its version, so that a mixture of two versions shows.</summary>
public sealed record Stamp
{
    public int Version { get; init; }

    public string Payload { get; init; } = "";

    public static Stamp Of(int version) => new() { Version = version, Payload = PayloadOf(version) };

    public static string PayloadOf(int version) =>
        string.Concat(Enumerable.Repeat(version.ToString(CultureInfo.InvariantCulture) + " ", 1 + (version * 7919 % 3_000)));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Stamp))]
internal sealed partial class StampJson : JsonSerializerContext;

/// <summary>Writes into a data directory for ever, going on from what is there.</summary>
/// <param name="root">The data directory.</param>
/// <param name="acknowledge">Gets each number once the store has acknowledged it.</param>
public sealed class EndlessWriter(string root, Action<int> acknowledge)
{
    /// <summary>Lines per append, and keys of the compacted log.</summary>
    public const int Batch = 5;

    public static DocumentType<Stamp> Person { get; } = new("config/stamp.json", DocumentJson.TypeInfo<Stamp>(StampJson.Default), DocumentKind.Person);

    public static DocumentType<Stamp> Derived { get; } = new("stamp.json", DocumentJson.TypeInfo<Stamp>(StampJson.Default), DocumentKind.Derived);

    private readonly DataDirectory directory = new(root);

    /// <summary>Replaces a document with one version after the other.</summary>
    public async Task WriteDocument(DocumentType<Stamp> type)
    {
        TempFiles.Sweep(directory);
        var store = new DocumentStore(directory);
        int version = store.Read(type).Value?.Version ?? 0;
        while (true)
        {
            version++;
            await store.WriteAsync(type, Stamp.Of(version));
            acknowledge(version);
        }
    }

    /// <summary>Appends numbered lines, <see cref="Batch"/> at a time.</summary>
    public void AppendLines()
    {
        JsonlLog log = directory.Log(DataFiles.History("tokens", "2026-11"));
        log.Recover();
        int last = 0;
        log.Read((line, _, _) => last = Number(line));
        while (true)
        {
            var lines = new StringBuilder();
            for (int i = 0; i < Batch; i++)
            {
                last++;
                lines.Append(CultureInfo.InvariantCulture, $"{{\"n\":{last},\"text\":\"日本 {Stamp.PayloadOf(last % 50)}\"}}\n");
            }

            log.Append(Encoding.UTF8.GetBytes(lines.ToString()));
            acknowledge(last);
        }
    }

    /// <summary>Writes a row per key and round, and compacts every third round.</summary>
    public void AppendAndCompact()
    {
        TempFiles.Sweep(directory);
        JsonlLog log = directory.Log(DataFiles.History("tokens", "2026-11"));
        log.Recover();
        int round = 0;
        log.Read((line, _, _) => round = Number(line));
        while (true)
        {
            round++;
            string lines = string.Concat(Enumerable.Range(0, Batch).Select(key => string.Create(CultureInfo.InvariantCulture, $"{{\"n\":{round},\"key\":{key},\"text\":\"{Stamp.PayloadOf(round % 50)}\"}}\n")));
            log.Append(Encoding.UTF8.GetBytes(lines));
            if (round % 3 == 0)
            {
                log.Compact(Key);
            }

            acknowledge(round);
        }
    }

    /// <summary>Takes the lock and holds it until the standard input ends.</summary>
    public int HoldLock()
    {
        try
        {
            using DataDirectoryLock held = DataDirectoryLock.Acquire(directory, new LockHolder(Environment.ProcessId, "http://127.0.0.1:5080", "key"));
            acknowledge(Environment.ProcessId);
            Console.In.ReadToEnd();
            return 0;
        }
        catch (DataDirectoryInUseException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 3;
        }
    }

    /// <summary>The number of a line.</summary>
    public static int Number(ReadOnlySpan<byte> line) => Property(line, "n");

    /// <summary>The key of a line of the compacted log.</summary>
    public static int Key(ReadOnlySpan<byte> line) => Property(line, "key");

    private static int Property(ReadOnlySpan<byte> line, string name)
    {
        var reader = new Utf8JsonReader(line);
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.GetProperty(name).GetInt32();
    }
}
