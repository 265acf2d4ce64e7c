using AiaiaiDashboard.Core.Analytics;

namespace AiaiaiDashboard.Components.Controls;

/// <summary>Words and colour names of states. A colour never stands without its word.</summary>
public static class Tones
{
    /// <summary>Colour class of a dot.</summary>
    public static string Tone(this ProjectHealth health) => health switch
    {
        ProjectHealth.OverLimit or ProjectHealth.Overdue => "crit",
        ProjectHealth.Stale => "warn",
        ProjectHealth.Completed => "info",
        ProjectHealth.Paused => "off",
        _ => "ok",
    };

    /// <summary>Classes of its dot, written once for all tabs.</summary>
    public static string DotClass(this ProjectHealth health) => health.Tone() switch
    {
        "crit" => "dot crit",
        "warn" => "dot warn",
        "info" => "dot info",
        "off" => "dot off",
        _ => "dot ok",
    };

    /// <summary>The word beside it.</summary>
    public static string Word(this ProjectHealth health) => health switch
    {
        ProjectHealth.OverLimit => "Over limit",
        ProjectHealth.Overdue => "Overdue",
        ProjectHealth.Stale => "Stale",
        ProjectHealth.Completed => "Completed",
        ProjectHealth.Paused => "Paused",
        _ => "Active",
    };

    /// <summary>The word on a card, which stands under its status anyway.</summary>
    public static string CardWord(this ProjectHealth health) => health switch
    {
        ProjectHealth.Active => "On track",
        ProjectHealth.Paused => "Waiting",
        ProjectHealth.Completed => "Delivered",
        _ => health.Word(),
    };

    /// <summary>Colour class of a bar that fills towards a budget or limit; without one it is only the accent.</summary>
    public static string Tone(this BudgetLevel level) => level switch
    {
        BudgetLevel.Critical => "crit",
        BudgetLevel.Warning => "warn",
        BudgetLevel.Ok => "ok",
        _ => "",
    };

    /// <summary>Colour class of a figure: only problems are coloured.</summary>
    public static string Text(this BudgetLevel level) => level switch
    {
        BudgetLevel.Critical => "crit medium",
        BudgetLevel.Warning => "warn medium",
        _ => "second",
    };
}
