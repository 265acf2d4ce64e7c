using AiaiaiDashboard.Api;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AiaiaiDashboard.Hosting;

/// <summary>What one client, and all of them together, can make this server hold. Set for a team with many tabs on one small machine.</summary>
public static class ConnectionLimits
{
    /// <summary>Connections in all.</summary>
    public const int MaxConnections = 4_000;

    /// <summary>Open tabs in all: each is a WebSocket.</summary>
    public const int MaxTabs = 2_000;

    /// <summary>Circuits kept for tabs that have lost their connection, so that a short break loses nothing.</summary>
    public const int MaxDisconnectedCircuits = 100;

    /// <summary>How long those are kept.</summary>
    public static readonly TimeSpan DisconnectedRetention = TimeSpan.FromMinutes(3);

    /// <summary>Circuits whose state, a few hundred bytes, is kept after that: a notebook that was closed over lunch resumes.</summary>
    public const int MaxResumableCircuits = 500;

    /// <summary>How long a client may take to send its headers.</summary>
    public static readonly TimeSpan HeadersLimit = TimeSpan.FromSeconds(10);

    // Renders that a browser has not confirmed: further ones wait, so that a client that does not read costs no more than these.
    private const int MaxPendingRenders = 4;

    /// <summary>Limits of connections and requests. Slow bodies end by the server's own least rate, 240 bytes per second.</summary>
    public static void Apply(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = MaxConnections;
        limits.MaxConcurrentUpgradedConnections = MaxTabs;
        limits.MaxRequestBodySize = ApiRoutes.MaxBodyBytes;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.RequestHeadersTimeout = HeadersLimit;
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(1);
    }

    /// <summary>Limits of circuits.</summary>
    public static void Apply(CircuitOptions circuits)
    {
        circuits.DisconnectedCircuitMaxRetained = MaxDisconnectedCircuits;
        circuits.DisconnectedCircuitRetentionPeriod = DisconnectedRetention;
        circuits.PersistedCircuitInMemoryMaxRetained = MaxResumableCircuits;
        circuits.PersistedCircuitInMemoryRetentionPeriod = TimeSpan.FromHours(2);
        circuits.MaxBufferedUnacknowledgedRenderBatches = MaxPendingRenders;
        circuits.JSInteropDefaultCallTimeout = TimeSpan.FromMinutes(1);
        circuits.DetailedErrors = false;
    }
}
