using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Components.Pages.Settings;

/// <summary>A row of the thresholds.</summary>
/// <param name="was">What was opened; unknown properties are kept.</param>
public sealed class ThresholdDraft(AlertThreshold? was = null)
{
    /// <summary>What was opened.</summary>
    public AlertThreshold Was { get; } = was ?? new AlertThreshold();

    /// <summary>Percent of the budget.</summary>
    public string Percent { get; set; } = "";

    /// <summary>Name.</summary>
    public string Label { get; set; } = "";

    /// <summary>warning, critical or empty: by the percentage.</summary>
    public string Level { get; set; } = "";
}

/// <summary>A row of the limits.</summary>
public sealed class LimitDraft
{
    /// <summary>Project id.</summary>
    public string Project { get; set; } = "";

    /// <summary>Whether its project can still be chosen: it is not in the file yet.</summary>
    public bool IsNew { get; init; }

    /// <summary>Amount per month.</summary>
    public string Amount { get; set; } = "";
}
