namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>A token counter as a line states it (R13).</summary>
internal struct TokenCount
{
    /// <summary>2^53 - 1: the largest whole number JSON writers agree on.</summary>
    public const long Max = (1L << 53) - 1;

    public long Value;

    /// <summary>The value is no number from 0 to <see cref="Max"/>: the line is malformed.</summary>
    public bool Bad;
}

/// <summary>Bytes copied out of a line, unescaped; valid until the next line.</summary>
internal struct Captured
{
    public int Start;
    public int Length;

    /// <summary>Whether a string was there at all.</summary>
    public bool IsString;
}

/// <summary>What a usage object or an item of its iterations says.</summary>
internal struct UsageCapture
{
    public TokenCount Input;
    public TokenCount Output;
    public TokenCount CacheWrite;
    public TokenCount CacheRead;
    public TokenCount Ephemeral5m;
    public TokenCount Ephemeral1h;
    public TokenCount WebSearches;
    public bool Fast;
    public bool Us;
    public bool Batch;

    public readonly bool IsBad => Input.Bad || Output.Bad || CacheWrite.Bad || CacheRead.Bad || Ephemeral5m.Bad || Ephemeral1h.Bad || WebSearches.Bad;

    /// <summary>Sets the counter of a property for which <see cref="LineFields.IsCounter"/> holds.</summary>
    public void Set(LineField field, TokenCount count)
    {
        switch (field)
        {
            case LineField.InputTokens: Input = count; break;
            case LineField.OutputTokens: Output = count; break;
            case LineField.CacheCreationInputTokens: CacheWrite = count; break;
            case LineField.CacheReadInputTokens: CacheRead = count; break;
            case LineField.Ephemeral5m: Ephemeral5m = count; break;
            case LineField.Ephemeral1h: Ephemeral1h = count; break;
            default: WebSearches = count; break;
        }
    }
}

/// <summary>One item of <c>usage.iterations</c>.</summary>
internal sealed class IterationCapture
{
    public int Position;
    public IterationKind Kind;
    public Captured Model;
    public UsageCapture Usage;
}

/// <summary>Kinds of iterations that can be calls of their own (R18).</summary>
internal enum IterationKind : byte
{
    Other,
    Message,
    Fallback,
    Advisor,
    Compaction,
}

/// <summary>A <c>message</c> object with what surrounds it: the line itself, or the one nested in a progress line (R9).</summary>
internal sealed class MessageCapture
{
    public bool HasUsage;
    public Captured Id;
    public Captured Model;
    public Captured RequestId;
    public Captured Timestamp;
    public bool HasCost;
    public decimal Cost;
    public UsageCapture Usage;
    public long VisibleCharacters;
    public readonly List<IterationCapture> Iterations = [];

    /// <summary>Forgets the <c>message</c> object: it came a second time, and the last one counts (R7).</summary>
    public void ResetMessage()
    {
        HasUsage = false;
        Id = default;
        Model = default;
        VisibleCharacters = 0;
        ResetUsage();
    }

    /// <summary>Forgets the <c>usage</c> object.</summary>
    public void ResetUsage()
    {
        HasUsage = false;
        Usage = default;
        Iterations.Clear();
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        ResetMessage();
        RequestId = default;
        Timestamp = default;
        HasCost = false;
        Cost = 0;
    }
}
