using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>What became of a line.</summary>
internal enum LineOutcome
{
    /// <summary>Nothing to count.</summary>
    Ignored,

    /// <summary>One call or more.</summary>
    Counted,

    /// <summary>Counts by R8 or R9, but its time stamp or a counter is unusable (R10, R13).</summary>
    Malformed,
}

/// <summary>Turns a parsed line into call records. One per reader; not thread-safe.</summary>
internal sealed class CallExtractor(NameTable names, PriceTable prices)
{
    private readonly NameCache cache = new(names);
    private byte[] modelBuffer = new byte[256];

    /// <summary>Session, directory and identity where the line itself does not say (R12, R15).</summary>
    public TranscriptOrigin Origin { get; set; } = TranscriptOrigin.None;

    /// <summary>Items of <c>iterations</c> that broke R13 since the last look; reading resets it.</summary>
    public int MalformedItems { get; set; }

    /// <summary>Adds the calls of a line that was read to its end.</summary>
    /// <param name="line">The parser, after the line.</param>
    /// <param name="lineOffset">Byte offset of the line in its file.</param>
    /// <param name="calls">Receives the records.</param>
    public LineOutcome Extract(UsageLineParser line, long lineOffset, CallList calls)
    {
        MessageCapture message = line.Own;
        bool sidechain = line.IsSidechain;
        if (!message.HasUsage)
        {
            message = line.Nested;
            sidechain = true;
            if (!message.HasUsage)
            {
                return LineOutcome.Ignored;
            }
        }

        ReadOnlySpan<byte> model = CleanModel(line.Bytes(message.Model));
        if (model.SequenceEqual("<synthetic>"u8))
        {
            return LineOutcome.Ignored;
        }

        if (!TryTime(line, message, out long ticks) || message.Usage.IsBad)
        {
            return LineOutcome.Malformed;
        }

        var call = new CallRecord { Ticks = ticks, Position = -1, Next = -1 };
        Identify(ref call, line, message, lineOffset);
        call.Session = line.SessionId.Length > 0 ? cache.Id(line.Bytes(line.SessionId)) : cache.Id(Origin.Session);
        call.Directory = line.Cwd.Length > 0 ? cache.Id(line.Bytes(line.Cwd)) : cache.Id(Origin.Directory);
        call.Model = cache.Id(model);
        call.Version = cache.Id(line.Bytes(line.Version));
        CallFlags shared = (sidechain ? CallFlags.None : CallFlags.Main)
            | (message.Usage.Us ? CallFlags.Us : CallFlags.None) | (message.Usage.Batch ? CallFlags.Batch : CallFlags.None);
        call.Flags = shared | (message.Usage.Fast ? CallFlags.Fast : CallFlags.None);
        if (message.HasCost)
        {
            call.Flags |= CallFlags.HasCost;
            call.CostUsd = message.Cost;
        }

        Count(ref call, message.Usage);
        call.VisibleCharacters = message.VisibleCharacters;
        calls.Add(call);
        if (message.Iterations.Count > 0)
        {
            Iterations(line, message, call, shared, calls);
        }

        return LineOutcome.Counted;
    }

    /// <summary>R18: items of <c>iterations</c> that are calls of their own.</summary>
    private void Iterations(UsageLineParser line, MessageCapture message, in CallRecord call, CallFlags shared, CallList calls)
    {
        bool fellBack = message.Iterations.Exists(i => i.Kind == IterationKind.Fallback);
        string lineModel = names.Text(call.Model);
        foreach (IterationCapture item in message.Iterations)
        {
            string named = Encoding.UTF8.GetString(line.Bytes(item.Model)).Trim();
            bool isNamed = named.Length > 0;
            string itemModel = isNamed ? named : lineModel;
            bool other = isNamed && !prices.SameModel(itemModel, lineModel);
            bool counts = item.Kind switch
            {
                IterationKind.Advisor or IterationKind.Compaction => true,
                IterationKind.Fallback => other,
                IterationKind.Message => fellBack && other && (item.Usage.Output.Value > 0 || item.Usage.Output.Bad),
                _ => false,
            };
            if (!counts || itemModel == "<synthetic>")
            {
                continue;
            }

            if (item.Usage.IsBad)
            {
                MalformedItems++;
                continue;
            }

            CallRecord own = call;
            own.Position = item.Position;
            own.Model = cache.Id(Encoding.UTF8.GetBytes(itemModel));
            own.CostUsd = 0;
            own.VisibleCharacters = 0;
            own.Flags = shared | (item.Kind == IterationKind.Compaction && !other && message.Usage.Fast ? CallFlags.Fast : CallFlags.None);
            Count(ref own, item.Usage);
            calls.Add(own);
        }
    }

    private static void Count(ref CallRecord call, in UsageCapture usage)
    {
        call.TokensIn = usage.Input.Value;
        call.TokensOut = usage.Output.Value;
        call.CacheRead = usage.CacheRead.Value;
        call.WebSearches = usage.WebSearches.Value;
        call.Split5m = 0;
        call.Split1h = 0;
        call.Whole5m = 0;
        if (usage.Ephemeral5m.Value + usage.Ephemeral1h.Value > 0)
        {
            call.Flags |= CallFlags.Split;
            call.Split5m = usage.Ephemeral5m.Value;
            call.Split1h = usage.Ephemeral1h.Value;
        }
        else
        {
            call.Whole5m = usage.CacheWrite.Value;
        }
    }

    private void Identify(ref CallRecord call, UsageLineParser line, MessageCapture message, long lineOffset)
    {
        // By bytes: the code of 128-bit numbers is compiled when the program runs.
        Span<byte> hash = stackalloc byte[16];
        if (message.Id.Length > 0)
        {
            XxHash128.Hash(line.Bytes(message.Id), hash);
        }
        else
        {
            // A call by itself, known by its place. The seed keeps these apart from message ids.
            byte[] place = Encoding.UTF8.GetBytes(FormattableString.Invariant($"{Origin.RealPath}\0{lineOffset}"));
            XxHash128.Hash(place, hash, seed: 1);
        }

        call.MessageHigh = BinaryPrimitives.ReadUInt64BigEndian(hash);
        call.MessageLow = BinaryPrimitives.ReadUInt64BigEndian(hash[8..]);
        if (message.RequestId.Length > 0)
        {
            call.Request = Math.Max(1, XxHash3.HashToUInt64(line.Bytes(message.RequestId)));
        }
    }

    private static bool TryTime(UsageLineParser line, MessageCapture message, out long ticks) =>
        (message.Timestamp.IsString && TranscriptTime.TryParse(line.Bytes(message.Timestamp), out ticks))
        || (ReferenceEquals(message, line.Nested) && line.Own.Timestamp.IsString && TranscriptTime.TryParse(line.Bytes(line.Own.Timestamp), out ticks))
        || Fail(out ticks);

    private static bool Fail(out long ticks)
    {
        ticks = 0;
        return false;
    }

    private ReadOnlySpan<byte> CleanModel(ReadOnlySpan<byte> model)
    {
        if (model.Length == 0)
        {
            return "unknown"u8;
        }

        if (model[0] > ' ' && model[^1] > ' ' && model[0] < 0x80 && model[^1] < 0x80)
        {
            return model;
        }

        string clean = ModelName.Clean(Encoding.UTF8.GetString(model));
        int length = Encoding.UTF8.GetByteCount(clean);
        if (modelBuffer.Length < length)
        {
            modelBuffer = new byte[length];
        }

        Encoding.UTF8.GetBytes(clean, modelBuffer);
        return modelBuffer.AsSpan(0, length);
    }
}

/// <summary>What the place of a transcript says about its lines.</summary>
/// <param name="RealPath">Path without links.</param>
/// <param name="Session">Session of lines that name none (R12).</param>
/// <param name="Directory">Project directory of lines that name none (R12).</param>
internal sealed record TranscriptOrigin(string RealPath, byte[] Session, byte[] Directory)
{
    /// <summary>No place.</summary>
    public static readonly TranscriptOrigin None = new("", [], "unknown"u8.ToArray());

    /// <summary>Derives session and directory from the path below <c>projects/</c>.</summary>
    /// <param name="realPath">Path without links.</param>
    /// <param name="belowProjects">Path below <c>projects/</c>, separated by <c>/</c>.</param>
    public static TranscriptOrigin From(string realPath, string belowProjects)
    {
        string[] parts = belowProjects.Split('/');
        string session = parts.Length >= 3 ? parts[1] : WithoutEnding(parts[^1]);
        string directory = parts.Length >= 2 ? parts[0] : "unknown";
        return new TranscriptOrigin(realPath, Encoding.UTF8.GetBytes(session), Encoding.UTF8.GetBytes(directory));
    }

    // A link named x.jsonl may lead to a file of any name.
    private static string WithoutEnding(string name) => name.EndsWith(".jsonl", StringComparison.Ordinal) ? name[..^".jsonl".Length] : name;
}
