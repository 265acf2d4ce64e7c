using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>How near a spend is to its budget or limit.</summary>
public enum BudgetLevel
{
    /// <summary>There is no budget to compare with.</summary>
    None,

    /// <summary>Below every threshold.</summary>
    Ok,

    /// <summary>At or over a warning threshold.</summary>
    Warning,

    /// <summary>At or over a critical threshold, or 100 %.</summary>
    Critical,
}

/// <summary>Compares a percentage with the thresholds in force.</summary>
public static class BudgetLevels
{
    /// <summary>100 % is always a critical threshold (CONTRACT.md §2).</summary>
    public const decimal Full = 100;

    /// <summary>The level of <paramref name="percent"/>; <see cref="BudgetLevel.None"/> for null, that is without a budget.</summary>
    public static BudgetLevel Of(decimal? percent, IReadOnlyList<AlertThreshold> thresholds) => percent switch
    {
        null => BudgetLevel.None,
        >= Full => BudgetLevel.Critical,
        decimal value when thresholds.Any(t => t.IsCritical && t.Percent <= value) => BudgetLevel.Critical,
        decimal value when thresholds.Any(t => t.Percent <= value) => BudgetLevel.Warning,
        _ => BudgetLevel.Ok,
    };
}
