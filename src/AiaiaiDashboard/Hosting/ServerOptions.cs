using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Security;

namespace AiaiaiDashboard.Hosting;

/// <summary>What a server is started with.</summary>
public sealed record ServerOptions
{
    /// <summary>The data directory; with <see cref="IsDemo"/> one of its own, which is deleted at the end.</summary>
    public required DataDirectory Directory { get; init; }

    /// <summary>Where to listen.</summary>
    public required ListenAddresses Addresses { get; init; }

    /// <summary>Who may enter; null: everybody where only this machine can connect, else who has the link made at start.</summary>
    public AccessOptions? Access { get; init; }

    /// <summary>Whether to fill the directory with sample data.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Environment variables by name.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Whether the log also goes to stderr.</summary>
    public bool LogToStandardError { get; init; } = true;

    /// <summary>Whether syncs run by schedule and at start.</summary>
    public bool Scheduled { get; init; } = true;

    /// <summary>Whether transcripts and configuration are watched, where the configuration does not switch that off; null: as <see cref="Scheduled"/>.</summary>
    public bool? Watched { get; init; }

    /// <summary>The steps of a sync; null for the real ones.</summary>
    public IReadOnlyList<ISyncStep>? Steps { get; init; }

    /// <summary>Limits of a sync.</summary>
    public SyncManagerOptions Sync { get; init; } = new();

    /// <summary>Replaces services; runs last.</summary>
    public Action<WebApplicationBuilder>? Configure { get; init; }
}
