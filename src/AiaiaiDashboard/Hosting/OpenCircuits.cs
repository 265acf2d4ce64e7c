using Microsoft.AspNetCore.Components.Server.Circuits;

namespace AiaiaiDashboard.Hosting;

/// <summary>Counts circuits, for <c>/metrics</c> and <see cref="IdleMemory"/>.</summary>
public sealed class OpenCircuits : CircuitHandler
{
    private int open;
    private int connected;
    private long turnover;

    /// <summary>Circuits in memory, with and without a browser.</summary>
    public int Open => Volatile.Read(ref open);

    /// <summary>Circuits with a browser at the other end.</summary>
    public int Connected => Volatile.Read(ref connected);

    /// <summary>Circuits opened and closed since the start.</summary>
    public long Turnover => Volatile.Read(ref turnover);

    /// <inheritdoc/>
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref turnover);
        return Count(ref open, 1);
    }

    /// <inheritdoc/>
    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref turnover);
        return Count(ref open, -1);
    }

    /// <inheritdoc/>
    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => Count(ref connected, 1);

    /// <inheritdoc/>
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => Count(ref connected, -1);

    private static Task Count(ref int count, int change)
    {
        Interlocked.Add(ref count, change);
        return Task.CompletedTask;
    }
}
