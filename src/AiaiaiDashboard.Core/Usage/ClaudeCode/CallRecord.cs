using System.Runtime.InteropServices;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>What is true of a call as soon as one of its lines says so.</summary>
[Flags]
internal enum CallFlags : ushort
{
    None = 0,

    /// <summary>At least one line is not a sidechain line (R17).</summary>
    Main = 1,

    /// <summary>At least one line splits its cache writes by lifetime (R14, R15).</summary>
    Split = 2,

    Fast = 4,
    Us = 8,
    Batch = 16,

    /// <summary><see cref="CallRecord.CostUsd"/> holds a cost.</summary>
    HasCost = 32,
}

/// <summary>
/// Everything the lines of one call say, merged (R15, R16). Merging is commutative, associative and idempotent, so the order in which
/// lines are read, and reading them twice, change nothing (R32). Fixed size: it is written to disk as it stands in memory.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct CallRecord
{
    /// <summary>128-bit hash of the message id; of file and offset for a line without one.</summary>
    public ulong MessageHigh;
    public ulong MessageLow;

    /// <summary>Hash of the request id; 0 for none.</summary>
    public ulong Request;

    /// <summary>Earliest time stamp, UTC ticks.</summary>
    public long Ticks;

    public long TokensIn;
    public long TokensOut;
    public long CacheRead;

    /// <summary>Cache writes of lines that split them.</summary>
    public long Split5m;
    public long Split1h;

    /// <summary>Cache writes of lines that do not.</summary>
    public long Whole5m;

    public long WebSearches;
    public decimal CostUsd;

    /// <summary>Numbers of session, directory, model and version of Claude Code in the <see cref="NameTable"/>, from the earliest line.</summary>
    public int Session;
    public int Directory;
    public int Model;
    public int Version;

    /// <summary>Next record with the same message, -1 for the last. Not a fact: rebuilt at load.</summary>
    public int Next;

    /// <summary>Position in <c>iterations</c>, -1 for the line's own call (R18).</summary>
    public int Position;

    /// <summary>Day number the call keeps whatever the time zone becomes, because its transcript is gone; 0 for none.</summary>
    public int PinnedDay;

    public CallFlags Flags;

    /// <summary>Characters of visible output, for spotting incomplete output counts.</summary>
    public long VisibleCharacters;

    /// <summary>5-minute cache writes that count (R15).</summary>
    public readonly long CacheWrite5m => (Flags & CallFlags.Split) != 0 ? Split5m : Whole5m;

    /// <summary>1-hour cache writes that count.</summary>
    public readonly long CacheWrite1h => (Flags & CallFlags.Split) != 0 ? Split1h : 0;

    /// <summary>
    /// Whether less output is recorded than a quarter of what can be seen, four characters being about a token (a fault of Claude Code 2.0 to
    /// 2.1.5). Items of <c>iterations</c> have no text of their own.
    /// </summary>
    public readonly bool IsIncomplete => Position < 0 && TokensOut * 16 < VisibleCharacters;

    /// <summary>All counters 0 and no cost: not a call (R19).</summary>
    public readonly bool IsEmpty =>
        (TokensIn | TokensOut | CacheRead | CacheWrite5m | CacheWrite1h | WebSearches) == 0 && ((Flags & CallFlags.HasCost) == 0 || CostUsd <= 0);

    /// <summary>Takes in another line (or the merged lines) of the same call.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Merge(in CallRecord other, NameTable names)
    {
        CallRecord before = this;
        TokensIn = Math.Max(TokensIn, other.TokensIn);
        TokensOut = Math.Max(TokensOut, other.TokensOut);
        CacheRead = Math.Max(CacheRead, other.CacheRead);
        Split5m = Math.Max(Split5m, other.Split5m);
        Split1h = Math.Max(Split1h, other.Split1h);
        Whole5m = Math.Max(Whole5m, other.Whole5m);
        WebSearches = Math.Max(WebSearches, other.WebSearches);
        VisibleCharacters = Math.Max(VisibleCharacters, other.VisibleCharacters);
        CostUsd = Math.Max(CostUsd, other.CostUsd);
        Flags |= other.Flags;
        PinnedDay = PinnedDay != 0 && other.PinnedDay != 0 ? PinnedDay : 0;
        if (other.Ticks < Ticks || (other.Ticks == Ticks && Precedes(other, this, names)))
        {
            Ticks = other.Ticks;
            Session = other.Session;
            Directory = other.Directory;
            Model = other.Model;
            Version = other.Version;
        }

        return !SameFacts(before, this);
    }

    private static bool Precedes(in CallRecord a, in CallRecord b, NameTable names)
    {
        int order = names.Compare(a.Session, b.Session);
        order = order != 0 ? order : names.Compare(a.Directory, b.Directory);
        order = order != 0 ? order : names.Compare(a.Model, b.Model);
        order = order != 0 ? order : names.Compare(a.Version, b.Version);
        return order < 0;
    }

    // By pointers to copies: the framework's way is compiled when the program runs.
    private static unsafe bool SameFacts(CallRecord a, CallRecord b) =>
        new ReadOnlySpan<byte>(&a, sizeof(CallRecord)).SequenceEqual(new ReadOnlySpan<byte>(&b, sizeof(CallRecord)));
}
