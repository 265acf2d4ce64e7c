using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Core.Alerts.Notifications;

/// <summary>The channels of a configuration that this process sends through; browsers show their own.</summary>
/// <param name="environment">Environment variables by name.</param>
/// <param name="platform">The platform of desktop notifications.</param>
public sealed class ChannelSet(Func<string, string?> environment, DesktopPlatform platform)
{
    /// <summary>One channel with what the configuration says about it.</summary>
    /// <param name="Channel">Sends.</param>
    /// <param name="Settings">On or off, and from which level.</param>
    /// <param name="Missing">What is missing for it to work.</param>
    public sealed record Entry(INotificationChannel Channel, ChannelSwitch Settings, string? Missing);

    /// <summary>The channels, switched on or not.</summary>
    public IReadOnlyList<Entry> Of(ChannelsConfig config)
    {
        var desktop = new DesktopChannel(environment, platform);
        return
        [
            new Entry(desktop, config.Desktop, desktop.Missing),
            .. config.Webhooks.Select(w => new Entry(new WebhookChannel(w, environment), w, WebhookChannel.Missing(w, environment))),
            .. config.Mail is { } mail ? [new Entry(new MailChannel(mail, environment), mail, MailChannel.Missing(mail, environment))] : Array.Empty<Entry>(),
        ];
    }

    /// <summary>Whether an environment variable is set: what the settings page says of a secret.</summary>
    public bool IsSet(string? variable) => !string.IsNullOrWhiteSpace(variable) && !string.IsNullOrEmpty(environment(variable));
}
