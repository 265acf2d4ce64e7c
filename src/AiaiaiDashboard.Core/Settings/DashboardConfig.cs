using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Settings;

/// <summary>The settings in force.</summary>
/// <param name="Alerts">Budget, thresholds and limits.</param>
/// <param name="Sync">Schedule, zone and retention.</param>
/// <param name="Sources">Where projects and usage come from.</param>
/// <param name="Problems">Everything that is wrong with the files; where there is something, the last good settings of that file stay in force.</param>
public sealed record DashboardConfig(AlertsConfig Alerts, SyncConfig Sync, SourcesConfig Sources, IReadOnlyList<FileProblem> Problems)
{
    /// <summary>Limits of the board's columns.</summary>
    public BoardConfig Board { get; init; } = new();

    /// <summary>What is in force without any file.</summary>
    public static DashboardConfig Default { get; } = new(new AlertsConfig(), new SyncConfig(), new SourcesConfig(), []);

    /// <summary>
    /// Reads the files under <c>config/</c>. A file that does not exist means its defaults; one that is broken gives problems and the settings of
    /// <paramref name="lastGood"/>, or the defaults. The original dashboard's budget counts only while config/alerts.json does not exist.
    /// </summary>
    /// <param name="store">The data directory.</param>
    /// <param name="lastGood">What was loaded before; null at start.</param>
    public static DashboardConfig Load(DocumentStore store, DashboardConfig? lastGood)
    {
        List<FileProblem> problems = [];
        DashboardConfig fallback = lastGood ?? Default;
        return new DashboardConfig(
            LoadAlerts(store, fallback, problems),
            Read(store, ConfigDocuments.Sync, fallback.Sync, problems),
            Read(store, ConfigDocuments.Sources, fallback.Sources, problems),
            problems)
        {
            Board = Read(store, ConfigDocuments.Board, fallback.Board, problems),
        };
    }

    /// <summary>The part of <see cref="Load"/> that budget and limits come from.</summary>
    /// <param name="store">The data directory.</param>
    /// <param name="fallback">In force where a file is broken.</param>
    /// <param name="problems">Gets what is wrong.</param>
    internal static AlertsConfig LoadAlerts(DocumentStore store, DashboardConfig fallback, List<FileProblem> problems)
    {
        DocumentRead<AlertsConfig> alerts = store.Read(ConfigDocuments.Alerts);
        problems.AddRange(alerts.Problems);
        return alerts.Exists ? alerts.Value ?? fallback.Alerts : WithoutAlertsFile(store, fallback, problems);
    }

    private static AlertsConfig WithoutAlertsFile(DocumentStore store, DashboardConfig fallback, List<FileProblem> problems)
    {
        int before = problems.Count;
        AlertsConfig? stated = OriginalBudget.Find(store, problems, out bool isUnreadable);
        if (isUnreadable)
        {
            // At the first reading nobody knows what the budget was: the default would raise or lower it without a word.
            return ReferenceEquals(fallback, Default) ? new AlertsConfig { GlobalBudget = null, IsBudgetUnknown = true } : fallback.Alerts;
        }

        return stated ?? (problems.Count > before ? fallback.Alerts : new AlertsConfig());
    }

    private static T Read<T>(DocumentStore store, DocumentType<T> type, T fallback, List<FileProblem> problems)
        where T : class, new()
    {
        DocumentRead<T> read = store.Read(type);
        problems.AddRange(read.Problems);
        return read.Exists ? read.Value ?? fallback : new T();
    }
}
