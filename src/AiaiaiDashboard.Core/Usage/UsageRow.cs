using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>Names of the origins a ledger row can have, as they stand in the ledger (CONTRACT.md §2).</summary>
public static class UsageSource
{
    /// <summary>Claude Code transcripts.</summary>
    public const string ClaudeCode = "claude-code";

    /// <summary>Anthropic Admin API.</summary>
    public const string AnthropicAdmin = "anthropic-admin";

    /// <summary>Entries typed by hand into tokens.json.</summary>
    public const string Manual = "manual";
}

/// <summary>Identity of a ledger row. Strings compare by code point. A class: collections of structs are compiled when the program runs.</summary>
/// <param name="Date">Calendar day in the configured time zone.</param>
/// <param name="Project">Project id.</param>
/// <param name="Session">Session id as the source names it; empty where it has none.</param>
/// <param name="Model">Key of the price table, else the name as written; <c>-fast</c> appended for fast calls.</param>
/// <param name="Source">One of <see cref="UsageSource"/>.</param>
public sealed record UsageKey(DateOnly Date, string Project, string Session, string Model, string Source)
{
    /// <summary>Orders by date, project, session, model, source: the order of rows within one ledger write.</summary>
    public static IComparer<UsageKey> Order { get; } = Comparer<UsageKey>.Create(Compare);

    // By hand, since what a record makes for a date is compiled when the program runs.

    /// <inheritdoc/>
    public bool Equals(UsageKey? other) =>
        other is not null && Date.DayNumber == other.Date.DayNumber && Project == other.Project && Session == other.Session && Model == other.Model && Source == other.Source;

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        int hash = (Date.DayNumber * 397) ^ Session.GetHashCode(StringComparison.Ordinal);
        hash = (hash * 397) ^ Project.GetHashCode(StringComparison.Ordinal);
        return (((hash * 397) ^ Model.GetHashCode(StringComparison.Ordinal)) * 397) ^ Source.GetHashCode(StringComparison.Ordinal);
    }

    private static int Compare(UsageKey left, UsageKey right)
    {
        int order = left.Date.CompareTo(right.Date);
        order = order != 0 ? order : string.CompareOrdinal(left.Project, right.Project);
        order = order != 0 ? order : string.CompareOrdinal(left.Session, right.Session);
        order = order != 0 ? order : string.CompareOrdinal(left.Model, right.Model);
        return order != 0 ? order : string.CompareOrdinal(left.Source, right.Source);
    }
}

/// <summary>Counters of some calls. Tokens are whole numbers, never negative.</summary>
public record UsageCounters
{
    /// <summary>API calls after de-duplication.</summary>
    public long Calls { get; init; }

    /// <summary>Uncached input tokens.</summary>
    public long TokensIn { get; init; }

    /// <summary>Output tokens as recorded.</summary>
    public long TokensOut { get; init; }

    /// <summary>Tokens written to the prompt cache, both lifetimes.</summary>
    public long CacheWrite { get; init; }

    /// <summary>The part of <see cref="CacheWrite"/> that lives one hour.</summary>
    public long CacheWrite1h { get; init; }

    /// <summary>Tokens read from the prompt cache.</summary>
    public long CacheRead { get; init; }

    /// <summary>All tokens: input, output, cache writes and cache reads.</summary>
    [JsonIgnore]
    public long TotalTokens => TokensIn + TokensOut + CacheWrite + CacheRead;
}

/// <summary>The calls of a row that were made at other than the plain rate, or that carry a fixed cost.</summary>
public sealed record UsagePart : UsageCounters
{
    /// <summary>Whole request over the long-context threshold of its model.</summary>
    public bool LongContext { get; init; }

    /// <summary>Fast mode: the model's fast multiplier applies.</summary>
    public bool Fast { get; init; }

    /// <summary>Inference bound to the US.</summary>
    public bool Us { get; init; }

    /// <summary>Batch tier, half price.</summary>
    public bool Batch { get; init; }

    /// <summary>Web searches, $10 per 1,000, not multiplied by anything.</summary>
    public long WebSearches { get; init; }

    /// <summary>Sum of the costs the transcript states itself, USD; null where the price table applies.</summary>
    [JsonPropertyName("costUSD")]
    public decimal? CostUsd { get; init; }
}

/// <summary>One row of the usage ledger (CONTRACT.md §2, "The ledger").</summary>
public sealed record UsageRow : UsageCounters
{
    /// <summary>Calendar day in the configured time zone.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Project id.</summary>
    public required string Project { get; init; }

    /// <summary>Session id; empty where the source has none.</summary>
    public required string Session { get; init; }

    /// <summary>Model as listed (see <see cref="UsageKey.Model"/>).</summary>
    public required string Model { get; init; }

    /// <summary>One of <see cref="UsageSource"/>.</summary>
    public required string Source { get; init; }

    /// <summary>Cost in USD, unrounded.</summary>
    public decimal Cost { get; init; }

    /// <summary>True where calls of this row have no price.</summary>
    public bool Unpriced { get; init; }

    /// <summary>First call, UTC; null for rows that only know their day.</summary>
    public DateTimeOffset? FirstAt { get; init; }

    /// <summary>Last call, UTC.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>Cost by hour of the day, keys <c>"00"</c> to <c>"23"</c>, hours with cost only.</summary>
    public IReadOnlyDictionary<string, decimal>? Hours { get; init; }

    /// <summary>Calls whose recorded output is under a quarter of the visible text.</summary>
    public long IncompleteCalls { get; init; }

    /// <summary>Calls at other than the plain rate; null where there are none.</summary>
    public IReadOnlyList<UsagePart>? Parts { get; init; }

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }

    /// <summary>The row's identity.</summary>
    [JsonIgnore]
    public UsageKey Key => new(Date, Project, Session, Model, Source);
}
