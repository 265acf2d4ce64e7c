namespace AiaiaiDashboard.Core.Alerts.Notifications;

/// <summary>A way to tell somebody.</summary>
public interface INotificationChannel
{
    /// <summary>desktop, mail or webhook:NAME: the identity in what is remembered as sent.</summary>
    string Name { get; }

    /// <summary>Tells of one alert. Ends within its own time limit.</summary>
    /// <exception cref="DeliveryException">It was not delivered; the message is shown to people and holds no secret.</exception>
    Task SendAsync(Notification notification, CancellationToken ct);
}

/// <summary>What a channel says.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="IsTest">Whether somebody asked for a test.</param>
public sealed record Notification(ActiveAlert Alert, bool IsTest = false)
{
    /// <summary>A few words.</summary>
    public string Title => Alert.Title;

    /// <summary>Figures and advice.</summary>
    public string Text => Alert.Advice.Length == 0 ? Alert.Message : $"{Alert.Message} {Alert.Advice}";

    /// <summary>The notification of "Send test".</summary>
    public static Notification Test { get; } = new(
        new ActiveAlert
        {
            Key = AlertBook.TestKey,
            Type = "test",
            Level = AlertLevel.Warning,
            Title = "Test of AIAIAI Dashboard",
            Message = "Alerts of budget, limits and sources arrive here.",
        },
        IsTest: true);
}

/// <summary>An attempt that failed.</summary>
public sealed class DeliveryException : Exception
{
    /// <summary>Creates it.</summary>
    public DeliveryException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>How long the receiver asks to be left alone; null where it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the receiver refuses this message, so that others may still be accepted.</summary>
    public bool IsRefused { get; init; }
}
