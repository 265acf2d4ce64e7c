using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Hosting;

/// <summary>The files under <c>config/</c> as the settings page opens and saves them.</summary>
public interface ISettingsCommands
{
    /// <summary>What the files hold now.</summary>
    SettingsFiles Open();

    /// <summary>Writes the files that differ from what was opened and shows what follows.</summary>
    /// <param name="opened">From <see cref="Open"/>.</param>
    /// <param name="changed">The new content.</param>
    /// <exception cref="SettingsConflictException">A file changed meanwhile: it was not touched.</exception>
    /// <exception cref="InvalidDataException">A file is broken: it was not touched.</exception>
    /// <exception cref="IOException">A file could not be written.</exception>
    Task SaveAsync(SettingsFiles opened, SettingsFiles changed);

    /// <summary>Whether an environment variable of the server is set; never its value.</summary>
    bool IsSet(string? variable);
}

/// <summary>The content of the files; what does not exist means its defaults.</summary>
/// <param name="Alerts">config/alerts.json.</param>
/// <param name="Sync">config/sync.json.</param>
/// <param name="Sources">config/sources.json.</param>
/// <param name="Existing">Names of the files that exist.</param>
public sealed record SettingsFiles(AlertsConfig Alerts, SyncConfig Sync, SourcesConfig Sources, IReadOnlyList<string> Existing);
