using AiaiaiDashboard.Components.State;
using AiaiaiDashboard.Core.Alerts;

namespace AiaiaiDashboard.Components.Layout.Alerting;

/// <summary>Where the cause of an alert is to be seen.</summary>
public static class AlertLinks
{
    /// <summary>The page of the cause.</summary>
    public static string CauseOf(ActiveAlert alert) => alert switch
    {
        { Project: { } project } => Address.OfProject(project),
        { Type: AlertType.Forecast } => "/analytics",
        { Type: AlertType.Source } => "/settings#last-sync",
        _ => "/tokens",
    };

    /// <summary>The words of the link.</summary>
    public static string CauseWord(ActiveAlert alert) => alert switch
    {
        { Project: not null } => "Open project",
        { Type: AlertType.Forecast } => "See forecast",
        { Type: AlertType.Source } => "See last sync",
        _ => "See spend",
    };
}
