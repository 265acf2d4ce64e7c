using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using Microsoft.Extensions.Logging;

namespace AiaiaiDashboard.Core.Sync.Watching;

/// <summary>
/// What is watched for a workspace: the transcript folders in force, the folder of the configuration and the documents that people edit by hand;
/// never the rest of the data directory, which this program writes itself. One caller looks and takes; changes come in on any thread.
/// </summary>
public sealed class WatchedSources : IDisposable
{
    /// <summary>How often folders that may come and go are looked for.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private static readonly WatchedFiles ConfigFiles = new(".json", WithSubfolders: false);

    private static readonly WatchedFiles DocumentFiles = new(".json", WithSubfolders: false, Names: [DataFiles.Projects, DataFiles.Tokens]);

    private readonly Workspace workspace;
    private readonly FolderWatchFactory create;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly ChangeDebouncer usage;
    private readonly ChangeDebouncer configuration;
    private readonly ChangeDebouncer documents;
    private readonly WatchedFiles transcripts;
    private readonly Dictionary<string, WatchedFolder> folders = new(StringComparer.Ordinal);
    private WatchedFolder? config;
    private WatchedFolder? data;
    private string? places;
    private TaskCompletionSource wake = NewWake();
    private volatile bool waiting;
    private volatile int waits;

    /// <summary>Watches nothing yet.</summary>
    /// <param name="workspace">Whose sources.</param>
    /// <param name="time">Clock.</param>
    /// <param name="log">Told of folders that cannot be watched.</param>
    /// <param name="create">Makes the system's watches.</param>
    public WatchedSources(Workspace workspace, TimeProvider time, ILogger log, FolderWatchFactory create)
    {
        this.workspace = workspace;
        this.time = time;
        this.log = log;
        this.create = create;
        usage = new ChangeDebouncer(time, quiet: TimeSpan.FromSeconds(1), longest: TimeSpan.FromSeconds(5));
        // A person who saves a setting looks at the page at once.
        configuration = new ChangeDebouncer(time, quiet: TimeSpan.FromMilliseconds(250), longest: TimeSpan.FromSeconds(1));
        documents = new ChangeDebouncer(time, quiet: TimeSpan.FromMilliseconds(250), longest: TimeSpan.FromSeconds(1));
        transcripts = new WatchedFiles(".jsonl", WithSubfolders: true, Except: workspace.Directory.Root);
    }

    /// <summary>Time until new usage is due to be read; null when there is none.</summary>
    public TimeSpan? UsageRemaining => usage.Remaining;

    /// <summary>Time until changed configuration is due to be read; null when nothing changed.</summary>
    public TimeSpan? ConfigurationRemaining => configuration.Remaining;

    /// <summary>Time until changed documents are due to be read; null when none changed.</summary>
    public TimeSpan? DocumentsRemaining => documents.Remaining;

    /// <summary>Folders that are watched or looked through at present.</summary>
    public IEnumerable<string> Folders => folders.Keys;

    /// <summary>Follows the folders: those that came, went, or are no longer configured.</summary>
    public void Look()
    {
        config ??= new WatchedFolder(workspace.Directory.PathOf("config"), ConfigFiles, NoteConfiguration, create, time, log);
        config.Look();
        data ??= new WatchedFolder(workspace.Directory.Root, DocumentFiles, NoteDocuments, create, time, log);
        data.Look();
        ClaudeCodeSource source = (workspace.Current?.Sources ?? workspace.Sync.Config.Sources).ClaudeCode;
        IReadOnlyList<TranscriptRoot> roots = source.Enabled ? workspace.FindTranscripts(source) : [];
        string[] wanted = [.. roots.Select(r => r.Projects).OfType<string>().Distinct(StringComparer.Ordinal)];
        foreach (string gone in folders.Keys.Except(wanted, StringComparer.Ordinal).ToList())
        {
            folders.Remove(gone, out WatchedFolder? folder);
            folder!.Dispose();
        }

        foreach (string path in wanted)
        {
            if (!folders.TryGetValue(path, out WatchedFolder? folder))
            {
                folders.Add(path, folder = new WatchedFolder(path, transcripts, NoteUsage, create, time, log));
            }

            folder.Look();
        }

        // Also a place that turned into something that cannot be read: the sync says so.
        string now = string.Join('\n', roots.Select(r => $"{r.Path}|{r.Projects}|{r.Problem}|{(r.Projects is null ? "" : ReasonAgainst(r.Projects))}"));
        if (places is not null && places != now)
        {
            NoteUsage();
        }

        places = now;
    }

    /// <summary>Takes note of usage that may not have been read yet.</summary>
    public void NoteUsage() => Note(usage);

    /// <summary>True when new usage is due to be read; it counts as read then.</summary>
    public bool TakeUsage() => usage.Take();

    /// <summary>True when changed configuration is due to be read; it counts as read then.</summary>
    public bool TakeConfiguration() => configuration.Take();

    /// <summary>True when projects.json or tokens.json was written, by whomever, and is due to be read; it counts as read then.</summary>
    public bool TakeDocuments() => documents.Take();

    /// <summary>Number of the wait that is on, the first is 1; 0 where none is or it is about to end.</summary>
    public int Wait => waiting && !Volatile.Read(ref wake).Task.IsCompleted ? waits : 0;

    /// <summary>Ends the next or the present wait.</summary>
    public void Wake() => Volatile.Read(ref wake).TrySetResult();

    /// <summary>Waits until something begins to change, at most <paramref name="limit"/>. Changes since the last wait end it at once.</summary>
    public async Task WaitAsync(TimeSpan limit, CancellationToken ct)
    {
        Task wait = Volatile.Read(ref wake).Task.WaitAsync(limit, time, ct);
        waits++;
        waiting = true;
        await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        waiting = false;
        Volatile.Write(ref wake, NewWake());
    }

    /// <summary>Watches nothing any more; <see cref="Look"/> begins anew.</summary>
    public void Dispose()
    {
        config?.Dispose();
        config = null;
        data?.Dispose();
        data = null;
        foreach (WatchedFolder folder in folders.Values)
        {
            folder.Dispose();
        }

        folders.Clear();
        places = null;
    }

    private static string? ReasonAgainst(string folder)
    {
        try
        {
            using IEnumerator<string> entries = Directory.EnumerateFileSystemEntries(folder).GetEnumerator();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    private void NoteConfiguration() => Note(configuration);

    private void NoteDocuments() => Note(documents);

    private void Note(ChangeDebouncer changes)
    {
        if (changes.Signal())
        {
            Wake();
        }
    }

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
