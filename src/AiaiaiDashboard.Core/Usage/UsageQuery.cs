namespace AiaiaiDashboard.Core.Usage;

/// <summary>What a query groups by. Several make a row per combination, in the order given.</summary>
public enum UsageGrouping
{
    /// <summary>Calendar day, <c>YYYY-MM-DD</c>.</summary>
    Day,

    /// <summary>Calendar month, <c>YYYY-MM</c>.</summary>
    Month,

    /// <summary>Project id.</summary>
    Project,

    /// <summary>Model as listed.</summary>
    Model,

    /// <summary>Session id.</summary>
    Session,
}

/// <summary>A question to the ledger.</summary>
/// <param name="By">Groupings; empty gives only the total.</param>
/// <param name="Since">First day, included; null for no bound.</param>
/// <param name="Until">Last day, included; null means today (later rows count in no figure).</param>
/// <param name="Project">One project id, or null for all.</param>
public sealed record UsageQuery(IReadOnlyList<UsageGrouping> By, DateOnly? Since = null, DateOnly? Until = null, string? Project = null);

/// <summary>One line of an answer.</summary>
public sealed record UsageSum : UsageCounters
{
    /// <summary>Values of the groupings, in their order.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>USD, unrounded.</summary>
    public decimal Cost { get; init; }

    /// <summary>True where part of the calls has no price.</summary>
    public bool Unpriced { get; init; }

    /// <summary>First call, UTC.</summary>
    public DateTimeOffset? FirstAt { get; init; }

    /// <summary>Last call, UTC.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>Calls with incomplete output counts.</summary>
    public long IncompleteCalls { get; init; }
}

/// <summary>An answer: the lines, and their total.</summary>
/// <param name="Rows">Ordered by their keys; by cost, highest first, where the first grouping is not a day or a month.</param>
/// <param name="Total">Sum of all lines, with no keys.</param>
public sealed record UsageAnswer(IReadOnlyList<UsageSum> Rows, UsageSum Total);
