using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Alerts.Notifications;
using AiaiaiDashboard.Core.Sync;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiaiaiDashboard.Core.State;

/// <summary>What a workspace is built with.</summary>
public sealed record WorkspaceOptions
{
    /// <summary>Clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Environment variables by name.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Receives the course of syncs.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;

    /// <summary>Whether the directory holds sample data.</summary>
    public bool IsDemo { get; init; }

    /// <summary>The steps of a sync; null for the real ones.</summary>
    public IReadOnlyList<ISyncStep>? Steps { get; init; }

    /// <summary>Limits of a sync. Its call-backs are the workspace's own and are replaced.</summary>
    public SyncManagerOptions Sync { get; init; } = new();

    /// <summary>Whether snapshots are built: not where nobody looks, as in a single sync by command.</summary>
    public bool WithSnapshots { get; init; } = true;

    /// <summary>Whether and when people are told of alerts; never of sample data.</summary>
    public AlertDelivery Delivery { get; init; } = AlertDelivery.Off;

    /// <summary>The platform of desktop notifications.</summary>
    public DesktopPlatform Desktop { get; init; } = DesktopChannel.Current;

    /// <summary>Called with every new snapshot, in their order.</summary>
    public Action<DashboardSnapshot>? OnSnapshot { get; init; }

    /// <summary>Called with the progress of the running sync, and with null when it has ended.</summary>
    public Action<SyncProgress?>? OnProgress { get; init; }
}
