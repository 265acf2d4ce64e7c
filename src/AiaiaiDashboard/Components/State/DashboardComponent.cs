using AiaiaiDashboard.Core.State;
using Microsoft.AspNetCore.Components;

namespace AiaiaiDashboard.Components.State;

/// <summary>
/// A component that shows the live state. It owns the subscription: it re-renders through the renderer's dispatcher when a new
/// snapshot is there, hands failures of that to the nearest error boundary, and stops when it is disposed.
/// </summary>
public abstract class DashboardComponent : ComponentBase, IDisposable
{
    private IDisposable? subscription;
    private bool disposed;

    /// <summary>The live state.</summary>
    [Inject]
    public required DashboardState State { get; init; }

    /// <summary>Addresses and navigation.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>The project filter of the address (<c>?project=</c>); may name a project that does not exist.</summary>
    [SupplyParameterFromQuery(Name = "project")]
    public string? ProjectFilter { get; set; }

    /// <summary>The snapshot of this render; the same from its beginning to its end.</summary>
    protected DashboardSnapshot Snapshot { get; private set; } = DashboardSnapshot.Empty;

    /// <summary>The filtered project, or null for all.</summary>
    protected virtual ProjectSummary? Project => Snapshot.Project(ProjectFilter);

    /// <summary>Whether this component also shows the progress of a running sync, which changes ten times a second.</summary>
    protected virtual bool FollowsProgress => false;

    /// <summary>An address with the project filter kept.</summary>
    protected string Link(string path, params ReadOnlySpan<(string Name, string? Value)> query) => Address.Of(path, ProjectFilter, query);

    /// <inheritdoc/>
    public void Dispose()
    {
        disposed = true;
        subscription?.Dispose();
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>For what a derived component holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Snapshot = State.Current;

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        // After the first render and not at initialisation: prerendered components never get here and must not subscribe.
        if (firstRender)
        {
            subscription = State.Subscribe(() => InvokeAsync(Refresh), exception => _ = InvokeAsync(() => DispatchExceptionAsync(exception)));
            Refresh();
        }
    }

    /// <summary>
    /// Takes the newest snapshot now, on the renderer's dispatcher: for the component whose own command has just changed it and that must
    /// not show the old one until its turn comes.
    /// </summary>
    protected void TakeNewest() => Refresh();

    /// <summary>Called on the renderer's dispatcher before a new snapshot is rendered.</summary>
    protected virtual void OnSnapshotChanged()
    {
    }

    private void Refresh()
    {
        if (disposed)
        {
            return;
        }

        bool changed = !ReferenceEquals(Snapshot, State.Current);
        if (changed)
        {
            Snapshot = State.Current;
            OnSnapshotChanged();
        }

        if (changed || FollowsProgress)
        {
            StateHasChanged();
        }
    }
}
