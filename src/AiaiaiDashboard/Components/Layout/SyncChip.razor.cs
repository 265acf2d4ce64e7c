using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Formatting;
using Microsoft.AspNetCore.Components;

namespace AiaiaiDashboard.Components.Layout;

/// <summary>The state of the data in the header: how old, whether a sync runs and where it is, what failed.</summary>
public sealed partial class SyncChip
{
    /// <summary>From this age on the figures count as old.</summary>
    public static readonly TimeSpan OldAfter = TimeSpan.FromHours(12);

    private SyncProgress? running;
    private string state = SyncOutcome.Never;
    private string announcement = "";
    private string? hint;
    private bool isOld;
    private IDisposable? ticks;

    /// <summary>The browser's clock.</summary>
    [Inject]
    public required BrowserTime Clock { get; init; }

    /// <inheritdoc/>
    protected override bool FollowsProgress => true;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        Read(first: true);
    }

    /// <inheritdoc/>
    protected override bool ShouldRender()
    {
        Read(first: false);
        return true;
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        base.OnAfterRender(firstRender);
        if (firstRender)
        {
            ticks = Clock.Subscribe(() => _ = InvokeAsync(StateHasChanged));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        ticks?.Dispose();
        base.Dispose(disposing);
    }

    private void Read(bool first)
    {
        running = State.Progress;
        SyncStatus status = Snapshot.Status;
        string next = running is not null ? "running" : status.Status;
        isOld = status.LastSync is { } last && Clock.Now - last > OldAfter;
        hint = status.LastSync is { } at ? $"Last sync {Format.Instant(at, Clock.Zone)}" : "No sync has run yet";

        // Spoken at the start, the end and a failure, not at every step.
        if (!first && next != state)
        {
            announcement = next switch
            {
                "running" => "Sync started",
                SyncOutcome.Success => "Sync finished",
                SyncOutcome.Never => "",
                _ => $"Sync finished. {SyncWords.Failure(status)}",
            };
        }

        state = next;
    }
}
