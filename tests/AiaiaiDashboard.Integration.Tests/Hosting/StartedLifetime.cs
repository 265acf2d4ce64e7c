using Microsoft.Extensions.Hosting;

namespace AiaiaiDashboard.Integration.Tests.Hosting;

/// <summary>The life of a host that has started and does not stop.</summary>
internal sealed class StartedLifetime : IHostApplicationLifetime
{
    public CancellationToken ApplicationStarted => new(canceled: true);

    public CancellationToken ApplicationStopping => CancellationToken.None;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public void StopApplication()
    {
    }
}
