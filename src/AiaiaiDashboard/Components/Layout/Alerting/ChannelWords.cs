using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Alerts.Notifications;

namespace AiaiaiDashboard.Components.Layout.Alerting;

/// <summary>Channels in words.</summary>
public static class ChannelWords
{
    /// <summary>Name of a channel.</summary>
    public static string NameOf(string channel) => channel switch
    {
        DesktopChannel.ChannelName => "Desktop",
        MailChannel.ChannelName => "Mail",
        AlertDesk.BrowserChannel => "Browser",
        _ when channel.StartsWith("webhook:", StringComparison.Ordinal) => $"Webhook {channel["webhook:".Length..]}",
        _ => channel,
    };

    /// <summary>off, missing, failing or ok.</summary>
    public static string StateOf(ChannelStatus channel) =>
        !channel.Enabled ? "off" : channel.Missing is not null ? "missing" : channel.LastError is not null ? "failing" : "ok";

    /// <summary>Colour class of its dot.</summary>
    public static string ToneOf(ChannelStatus channel) => StateOf(channel) switch
    {
        "ok" => "ok",
        "off" => "off",
        _ => "warn",
    };

    /// <summary>The word beside it.</summary>
    public static string WordOf(ChannelStatus channel) => StateOf(channel) switch
    {
        "ok" => "On",
        "off" => "Off",
        "missing" => "Not ready",
        _ => "Failing",
    };

    /// <summary>What is wrong; null where nothing is.</summary>
    public static string? ProblemOf(ChannelStatus channel) => channel.Missing ?? channel.LastError;
}
