namespace AiaiaiDashboard.Hosting;

/// <summary>What people can do about alerts on the pages. What follows arrives through <see cref="Core.State.DashboardState"/>, in every tab.</summary>
public interface IAlertCommands
{
    /// <summary>Marks alerts as seen.</summary>
    Task AcknowledgeAsync(IReadOnlyCollection<string> keys);

    /// <summary>Keeps an alert quiet until an instant.</summary>
    Task SnoozeAsync(string key, DateTimeOffset until);

    /// <summary>Keeps an alert quiet for this month.</summary>
    Task DismissAsync(string key);

    /// <summary>Takes back whatever was done about an alert.</summary>
    Task WakeAsync(string key);

    /// <summary>Remembers that this browser has shown alerts.</summary>
    Task ShownByBrowserAsync(IReadOnlyCollection<string> keys);

    /// <summary>Sends a test through a channel. Null for success, else why it failed.</summary>
    Task<string?> SendTestAsync(string channel);
}
