using AiaiaiDashboard.Core.Sync;

namespace AiaiaiDashboard.Hosting;

/// <summary>What the pages can have done. Results arrive through <see cref="Core.State.DashboardState"/>; nothing here returns data to show.</summary>
public interface IDashboardCommands
{
    /// <summary>False where this process has nothing but sample data to show (<c>serve --demo</c>): there is no way back to offer.</summary>
    bool HasOwnData { get; }

    /// <summary>Runs a sync, or joins the one that runs, and returns its status. Failures of steps are in the status, not thrown.</summary>
    Task<SyncStatus> SyncNowAsync();

    /// <summary>Shows sample data instead of the user's; nothing is written to the user's data directory.</summary>
    Task ShowDemoAsync();

    /// <summary>Goes back from sample data to the user's own.</summary>
    Task ShowOwnDataAsync();
}
