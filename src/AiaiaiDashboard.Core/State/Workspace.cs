using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Alerts.Notifications;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Sync.Steps;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.AnthropicAdmin;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.State;

/// <summary>
/// One data directory with everything built on it. Reading works for everybody; whoever syncs or edits holds the directory's lock.
/// Thread-safe.
/// </summary>
public sealed class Workspace : IAsyncDisposable
{
    private readonly WorkspaceOptions options;
    private readonly DateTimeOffset startedAt;
    private readonly PartsReader reader;
    private readonly Lock gate = new();
    private SnapshotParts? parts;
    private SnapshotParts? shown;

    /// <summary>Builds on a directory; reads and creates nothing yet.</summary>
    public Workspace(DataDirectory directory, WorkspaceOptions options)
    {
        this.options = options;
        startedAt = options.Time.GetUtcNow();
        Directory = directory;
        Store = new DocumentStore(directory);
        reader = new PartsReader(Store, options);
        Alerts = new AlertDesk(
            Store, new ChannelSet(options.Environment, options.Desktop), options.Time, options.Log, options.IsDemo ? AlertDelivery.Off : options.Delivery);
        Projects = new ProjectBook(Store, ShowProjects, id => Shown.RankOf(id));
        IReadOnlyList<ISyncStep> steps = options.Steps
            ?? [new TokensStep(options.Environment), new ProjectsStep(options.IsDemo ? null : options.Environment), new QualityStep(), new AnalyticsStep(), new AlertsStep()];
        Sync = new SyncManager(Store, steps, options.Time, options.Log, options.Sync with
        {
            Environment = options.Steps is null && !options.IsDemo ? options.Environment : null,
            OnProgress = options.OnProgress,
            OnStarting = PutKnown,
            OnCompleted = options.WithSnapshots ? TakeResults : null,
        });
    }

    /// <summary>The data directory.</summary>
    public DataDirectory Directory { get; }

    /// <summary>Its documents.</summary>
    public DocumentStore Store { get; }

    /// <summary>What people change in projects.json.</summary>
    public ProjectBook Projects { get; }

    /// <summary>Its syncs.</summary>
    public SyncManager Sync { get; }

    /// <summary>What is true, what was done about it, who was told.</summary>
    public AlertDesk Alerts { get; }

    /// <summary>Whether it holds sample data.</summary>
    public bool IsDemo => options.IsDemo;

    /// <summary>The last snapshot; null before <see cref="Load"/> and the first sync.</summary>
    public DashboardSnapshot? Current { get; private set; }

    /// <summary><see cref="Current"/>, or an empty snapshot before there is one.</summary>
    public DashboardSnapshot Shown => Current ?? DashboardSnapshot.Empty;

    /// <summary>Whether a sync has ended in this process: before that, what is on disk may be old.</summary>
    public bool HasSynced { get; private set; }

    /// <summary>Called whenever there is a new snapshot; must be quick and not call back.</summary>
    public event Action? Published;

    /// <summary>Reads what is on disk, without syncing. Files that cannot be read are problems of the snapshot, not exceptions.</summary>
    public DashboardSnapshot Load()
    {
        lock (gate)
        {
            parts = reader.Read(Sync.Config, Sync.Status);
            return Show(parts);
        }
    }

    /// <summary>Reads configuration and projects again and looks at the calendar: for a new day and after an edit. Keeps the ledger it has.</summary>
    public DashboardSnapshot Refresh()
    {
        lock (gate)
        {
            if (parts is null)
            {
                return Load();
            }

            DashboardConfig config = Sync.Config;
            TimeZoneInfo zone = config.Sync.ResolveZone(options.Time);
            parts = reader.WithProjects(parts) with
            {
                Config = config,
                Zone = zone,
                Today = CalendarDay.Of(options.Time.GetUtcNow(), zone),
                Prices = reader.Prices ?? parts.Prices,
                Status = Sync.Status,
            };
            return Show(parts);
        }
    }

    /// <summary>Looks at alert-state.json and the clock again: after somebody did something about an alert, and when a snooze ends.</summary>
    public DashboardSnapshot RefreshAlerts()
    {
        lock (gate)
        {
            if (parts is null || Current is null)
            {
                return Load();
            }

            DashboardSnapshot next = AlertView.Over(Current, parts, Alerts, startedAt, options.Time.GetUtcNow());
            return AlertView.IsSame(Current, next) ? Current : Publish(next);
        }
    }

    /// <summary>Takes in what the snapshot says is true, outside of a sync: after settings were edited and on a new day.</summary>
    public async Task ObserveAlertsAsync(CancellationToken ct)
    {
        AlertInputs inputs;
        DashboardSnapshot seen;
        lock (gate)
        {
            if (parts is null || Current is null)
            {
                return;
            }

            seen = Current;
            inputs = AlertView.Inputs(Current, parts, startedAt, options.Time.GetUtcNow());
        }

        await Alerts.ObserveAsync(AlertEvaluator.Evaluate(inputs), inputs.Stays(), inputs.Today, () => !Sync.IsRunning && ReferenceEquals(seen, Current), ct);
        RefreshAlerts();
    }

    /// <summary>Carries out what a person did about an alert (a transition of <see cref="AlertBook"/>) and shows it.</summary>
    public async Task ChangeAlertsAsync(Func<AlertState, DateTimeOffset, AlertState> change, CancellationToken ct = default)
    {
        await Alerts.ChangeAsync(Shown.Today, change, ct);
        RefreshAlerts();
    }

    /// <summary>Where transcripts are looked for by these settings: every place, existing or not.</summary>
    public IReadOnlyList<TranscriptRoot> FindTranscripts(ClaudeCodeSource source) => TranscriptRoots.Find(source, options.Environment);

    /// <summary>Replaces a document under <c>config/</c> that a person edited on a page, and shows what follows.</summary>
    /// <param name="type">Which document.</param>
    /// <param name="value">Its new content.</param>
    /// <param name="opened">What the page was opened on; null where there was no file.</param>
    /// <param name="ct">Takes effect until the write begins.</param>
    /// <exception cref="SettingsConflictException">The file holds something else by now: it was not touched.</exception>
    /// <exception cref="InvalidDataException">The file is broken: it was not touched.</exception>
    /// <exception cref="FluentValidation.ValidationException">The new content breaks its rules: nothing was written.</exception>
    public async Task SaveSettingsAsync<T>(DocumentType<T> type, T value, T? opened, CancellationToken ct = default)
        where T : class
    {
        await Store.UpdateAsync(
            type,
            current => Says(current) == Says(opened) ? value : throw new SettingsConflictException(type.Name),
            ct);
        Refresh();

        string Says(T? content) => content is null ? "" : System.Text.Encoding.UTF8.GetString(DocumentJson.Serialize(content, type.Json));
    }

    /// <summary>Replaces config/alerts.json and shows the figures by it.</summary>
    /// <exception cref="InvalidDataException">The file is broken: it was not touched.</exception>
    /// <exception cref="FluentValidation.ValidationException">The new content breaks its rules: nothing was written.</exception>
    public async Task SaveAlertsAsync(AlertsConfig alerts, CancellationToken ct = default)
    {
        await Store.WriteAsync(ConfigDocuments.Alerts, alerts, ct);
        Refresh();
    }

    /// <summary>Sets or takes away the limit of a column in config/board.json and shows it.</summary>
    /// <exception cref="InvalidDataException">The file is broken: it was not touched.</exception>
    /// <exception cref="FluentValidation.ValidationException">The limit is not allowed: nothing was written.</exception>
    public async Task SetColumnLimitAsync(string status, int? limit, CancellationToken ct = default)
    {
        await Store.UpdateAsync(ConfigDocuments.Board, current => (current ?? new BoardConfig()).WithLimit(status, limit), ct);
        Refresh();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Sync.DisposeAsync();
        Alerts.Dispose();
    }

    private DashboardSnapshot Show(SnapshotParts known)
    {
        DashboardSnapshot built = SnapshotBuilder.Build(known, shown is null || Current is null ? null : (shown, Current));
        shown = known;
        return Publish(AlertView.Over(built, known, Alerts, startedAt, options.Time.GetUtcNow()));
    }

    private DashboardSnapshot Publish(DashboardSnapshot snapshot)
    {
        Current = snapshot;
        Published?.Invoke();
        options.OnSnapshot?.Invoke(snapshot);
        return snapshot;
    }

    /// <summary>Shows projects.json where it says something else than what is shown: after an edit by hand. Does nothing after own writes.</summary>
    public void ShowEditedProjects()
    {
        lock (gate)
        {
            if (parts is null)
            {
                return;
            }

            SnapshotParts next = reader.WithProjects(parts);
            if (!IsSame(parts.Projects, next.Projects) || !OfProjects(parts).SequenceEqual(OfProjects(next)))
            {
                parts = next;
                Show(parts);
            }
        }
    }

    private static IEnumerable<FileProblem> OfProjects(SnapshotParts parts) => parts.Problems.Where(p => p.File == DataFiles.Projects).Distinct();

    private static bool IsSame(ProjectList one, ProjectList other) =>
        ReferenceEquals(one, other)
        || DocumentJson.Serialize(one, ProjectDocuments.Projects.Json).AsSpan().SequenceEqual(DocumentJson.Serialize(other, ProjectDocuments.Projects.Json));

    // After a change of projects.json alone: settings, day and ledger stay, so that figures need not be computed again.
    private void ShowProjects()
    {
        lock (gate)
        {
            if (parts is null)
            {
                return;
            }

            parts = reader.WithProjects(parts);
            Show(parts);
        }
    }

    private void PutKnown(SyncContext context)
    {
        context.Set(Alerts);
        if (!options.WithSnapshots)
        {
            return;
        }

        lock (gate)
        {
            parts ??= reader.Read(Sync.Config, Sync.Status);
            bool couldRead = !parts.Problems.Any(p => p.File == "history");
            context.Usage = couldRead ? parts.Usage.AsOf(context.Today) : null;
            context.Projects = parts.Scan;
        }
    }

    private void TakeResults(SyncContext context, SyncStatus status)
    {
        SyncMetrics.Record(status.RecentRuns[0]);
        lock (gate)
        {
            HasSynced = true;
            DocumentRead<ProjectList> projects = Store.Read(ProjectDocuments.Projects);
            // A file that broke meanwhile, or that could not be written: what the run knows is shown.
            ProjectList list = context.Catalogue.ApplyTo(projects.Value);
            parts = parts! with
            {
                // As it is now: settings may have been edited during the run.
                Config = Sync.Config,
                Zone = context.Zone,
                Today = context.Today,
                Projects = projects.Problem is null ? list : context.Catalogue.ToList(),
                Scan = context.Projects,
                Usage = context.Usage ?? parts.Usage,
                Versions = context.Get<TranscriptVersions>() ?? parts.Versions,
                AdminReport = context.Get<AdminReport>() ?? parts.AdminReport,
                Quality = context.Get<QualityList>() ?? parts.Quality,
                Prices = reader.Prices ?? parts.Prices,
                QualityHistory = context.Get<QualityHistory>() ?? parts.QualityHistory,
                Status = status,
                Problems = [.. context.Problems, .. context.Projects?.Problems ?? [], .. projects.Problems],
                Searched = [.. context.Searched.Concat(context.Projects?.Searched ?? []).Distinct()],
            };
            Show(parts);
        }
    }
}
