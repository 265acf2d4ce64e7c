using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Hosting;

/// <summary>
/// Gives back what opening, closing and updating many tabs has left behind, once that has gone quiet. The collector itself only looks
/// when something is allocated, so a server nobody uses any more would keep the memory of its busiest minute.
/// </summary>
/// <remarks>Few tabs never come to it. With five hundred a collection stops the program for a fraction of a second, when nobody waits for it.</remarks>
public sealed class IdleMemory(OpenCircuits circuits, WorkspaceHost workspaces, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    private readonly IdleTurn turn = new();
    private long updates;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        workspaces.Own.Published += CountUpdate;
        try
        {
            using var timer = new PeriodicTimer(Look, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (turn.Comes(circuits.Turnover + Volatile.Read(ref updates)))
                {
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                }
            }
        }
        finally
        {
            workspaces.Own.Published -= CountUpdate;
        }
    }

    private void CountUpdate() => Interlocked.Add(ref updates, circuits.Connected);
}

/// <summary>Decides when work is worth tidying up after: enough of it, and no more since the last look.</summary>
internal sealed class IdleTurn
{
    /// <summary>Tabs opened, closed or updated.</summary>
    public const int Enough = 64;

    private long seen;
    private long tidied;

    /// <summary>Whether it is time to, with so much work done since the start.</summary>
    public bool Comes(long work)
    {
        bool quiet = work == seen;
        seen = work;
        if (!quiet || work - tidied < Enough)
        {
            return false;
        }

        tidied = work;
        return true;
    }
}
