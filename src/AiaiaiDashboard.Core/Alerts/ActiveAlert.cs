namespace AiaiaiDashboard.Core.Alerts;

/// <summary>An alert that is true now.</summary>
public sealed record ActiveAlert
{
    /// <summary><c>global-75</c>, <c>project-alpha-100</c>, ... (CONTRACT.md §3).</summary>
    public required string Key { get; init; }

    /// <summary>global or project.</summary>
    public required string Type { get; init; }

    /// <summary>warning or critical.</summary>
    public required string Level { get; init; }

    /// <summary>One sentence with the figures.</summary>
    public required string Message { get; init; }

    /// <summary>Project id; null for the global budget.</summary>
    public string? Project { get; init; }

    /// <summary>Month-to-date spend, USD.</summary>
    public decimal Spend { get; init; }

    /// <summary>Budget or limit, USD.</summary>
    public decimal Budget { get; init; }

    /// <summary>Spend in percent of the budget, unrounded.</summary>
    public decimal Percent { get; init; }

    /// <summary>Day of this month on which the threshold was reached.</summary>
    public DateOnly Since { get; init; }
}
