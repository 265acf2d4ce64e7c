using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>
/// Brings the ledger up to date with the transcripts. The order of writes makes a kill at any point harmless: ledger, then calls, then
/// cursors; whatever was not noted is read again and merges into the same result.
/// </summary>
/// <param name="directory">Data directory; cache/ is used.</param>
/// <param name="ledger">Opened when rows have to be compared or written.</param>
/// <param name="prices">Price table.</param>
/// <param name="zone">Zone of days.</param>
/// <param name="projectsOf">Project id of every directory given.</param>
/// <param name="keepFrom">First day that is kept (retention).</param>
public sealed class ClaudeCodeIngest(
    DataDirectory directory,
    Lazy<UsageLedger> ledger,
    PriceTable prices,
    TimeZoneInfo zone,
    Func<IReadOnlyCollection<string>, IReadOnlyDictionary<string, string>> projectsOf,
    DateOnly keepFrom)
{
    private readonly IngestCache cache = new(directory);

    /// <summary>Reads what is new below the given <c>projects</c> directories.</summary>
    /// <param name="roots"><c>projects</c> directories.</param>
    /// <param name="progress">Receives bytes read and bytes in all; called from several threads.</param>
    /// <param name="cancellation">Stops the run; what was written stays valid.</param>
    public IngestReport Run(IEnumerable<string> roots, Action<long, long>? progress, CancellationToken cancellation)
    {
        var found = new TranscriptFiles();
        foreach (string root in roots)
        {
            cancellation.ThrowIfCancellationRequested();
            found.TryAddRoot(root);
        }

        return Run(found, cache.LoadState(), progress, cancellation);
    }

    /// <summary>The same where somebody has looked already.</summary>
    /// <param name="found">What is there now.</param>
    /// <param name="old">The state the last run left; null for none.</param>
    /// <param name="progress">Receives bytes read and bytes in all; called from several threads.</param>
    /// <param name="cancellation">Stops the run; what was written stays valid.</param>
    /// <param name="calls">The calls on disk, where somebody has begun to read them.</param>
    /// <param name="saving">Gets the writing of the cursors, which comes last, for who has other things to do meanwhile; null to wait for it here.</param>
    internal IngestReport Run(
        TranscriptFiles found, IngestState? old, Action<long, long>? progress, CancellationToken cancellation, CallFile? calls = null, Action<Task>? saving = null)
    {
        List<TranscriptWork> work = Work(found.Files, old);
        IReadOnlyDictionary<string, string> known = old is null ? new Dictionary<string, string>() : projectsOf(old.Projects.Keys);
        HashSet<string> moved = old is null ? [] : Moved(old.Projects, known);
        bool sameZone = old?.TimeZone == zone.Id;
        bool samePrices = old?.Prices == prices.Fingerprint;
        bool sameLedger = old?.Ledger == LedgerMark.Of(ledger.Value);
        if (old is not null && work.Count == 0 && moved.Count == 0 && sameZone && samePrices && old.KeepFrom == keepFrom && found.Files.Count == old.Cursors.Count && sameLedger)
        {
            cache.KeepVersions(old.Versions);
            return IngestReport.Of(found, old, null, 0, 0);
        }

        long generation = 0;
        calls ??= new CallFile(directory);
        using CallStore? loaded = old is null ? null : calls.Load(out generation);
        CallStore? saved = loaded;
        if (saved is null || old!.Generation > generation)
        {
            // Without calls the cursors mean nothing: everything is read again, and no row gets smaller.
            old = null;
            saved = null;
            work = Work(found.Files, null);
        }

        bool fromStart = old is not null && !sameZone;
        CallStore store = saved is null || fromStart ? new CallStore(saved?.Names ?? new NameTable()) : saved;
        bool continues = old is not null && !fromStart;
        // Calls newer than the state: a run was cut off between the two, and what it found is in no count of versions.
        bool countsOn = continues && generation == old!.Generation;
        var versions = new VersionTally(store, zone, countsOn ? old!.Versions : []);
        var before = new HashSet<UsageKey>();
        if (continues)
        {
            NoteRowsBeforeChange(store, old!, before, countsOn ? versions : null, moved);
        }

        var scan = new TranscriptScan(store, prices);
        scan.Run(fromStart ? Work(found.Files, null) : work, progress, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (fromStart)
        {
            TakeOver(saved!, store, TimeZoneOf(old!.TimeZone));
        }

        var state = new IngestState
        {
            Generation = Math.Max(generation, old?.Generation ?? 0) + 1,
            TimeZone = zone.Id,
            Prices = prices.Fingerprint,
            KeepFrom = keepFrom,
        };
        state.Adopted.UnionWith(old?.Adopted ?? []);
        foreach ((string folder, string project) in projectsOf(countsOn && !store.HasMoved ? Directories(store, old!.Projects.Keys) : Directories(store)))
        {
            state.Projects[folder] = project;
        }

        Keep(state, found.Files, old, scan);
        var aggregator = new CallAggregator(store, prices, zone, state.Projects, keepFrom);
        bool everything = old is null || fromStart || !samePrices || !sameLedger || keepFrom < old.KeepFrom;
        var rows = new LedgerUpdate(ledger.Value, prices, state.Adopted, adoptAll: old is null || !sameLedger, keepFrom, Explain);
        bool callsChanged = saved is null || fromStart || store.ChangedMessages.Count > 0;
        // Each beside the next, which only read the calls as well: the versions beside the rows, the calls' bytes beside the ledger's.
        Task counting = Beside.Run(countsOn ? versions.AddChanged : versions.AddAll);
        Task<int>? writing = null;
        try
        {
            List<UsageRow> update = everything ? rows.Everything(aggregator, store) : rows.Changed(aggregator, store, before);
            writing = Beside.Run(() => ledger.Value.Apply(update));
            if (callsChanged)
            {
                calls.Save(store, isLoaded: ReferenceEquals(store, saved), state.Generation, writing);
            }
            else
            {
                state.Generation = generation;
            }
        }
        finally
        {
            // They read what is given back when this ends.
            Await(counting);
            Await(writing ?? Task.CompletedTask);
        }

        counting.GetAwaiter().GetResult();
        int written = writing.GetAwaiter().GetResult();
        state.Versions = versions.ToList();
        state.Ledger = LedgerMark.Of(ledger.Value);
        bool isNew = state.Generation > generation;
        if (saving is null)
        {
            Save();
        }
        else
        {
            saving(Beside.Run(Save));
        }

        return IngestReport.Of(found, state, scan, written, aggregator.Expired);

        void Save()
        {
            cache.SaveVersions(state.Versions);
            cache.SaveState(state, isNew);
        }

        HashSet<UsageKey> Explain(List<UsageRow> larger)
        {
            var held = new HeldRows(store, prices, zone, folder => projectsOf([folder])[folder]);
            if (held.Ask(larger))
            {
                // All transcripts, also where only some were read for what is new: what makes up a row may stand in any.
                new TranscriptScan(store, prices, held.Note).Run(Work(found.Files, null), null, cancellation);
            }

            return held.Explained();
        }
    }

    private static void Await(Task work) => work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();

    private static HashSet<string> Moved(Dictionary<string, string> before, IReadOnlyDictionary<string, string> now)
    {
        var moved = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string folder, string project) in before)
        {
            if (now[folder] != project)
            {
                moved.Add(folder);
            }
        }

        return moved;
    }

    private static List<TranscriptWork> Work(IReadOnlyList<TranscriptFile> files, IngestState? state)
    {
        var work = new List<TranscriptWork>();
        foreach (TranscriptFile file in files)
        {
            TranscriptCursor? cursor = state?.Cursors.GetValueOrDefault(file.RealPath);
            if (cursor is null || !cursor.IsUnchanged(file.Identity))
            {
                work.Add(new TranscriptWork(file, cursor));
            }
        }

        return work;
    }

    /// <summary>Notes the rows of every message that is about to change, or whose directory now belongs to another project.</summary>
    private void NoteRowsBeforeChange(CallStore store, IngestState old, HashSet<UsageKey> before, VersionTally? versions, HashSet<string> moved)
    {
        var aggregator = new CallAggregator(store, prices, zone, old.Projects, keepFrom);
        var slots = new RowSlots();
        store.BeforeChange = head =>
        {
            slots.Clear();
            aggregator.Slots(head, slots);
            for (int number = 0; number < slots.Count; number++)
            {
                before.Add(aggregator.Key(slots[number]));
            }

            versions?.Remove(head);
        };
        if (moved.Count > 0)
        {
            var folders = moved.Select(store.Names.Id).ToHashSet();
            store.Touch(record => folders.Contains(record.Directory));
        }
    }

    /// <summary>
    /// Takes over what the transcripts no longer say. Calls that none of them holds keep the day they had in the old zone; of the
    /// others, what a vanished line once said stays.
    /// </summary>
    private static void TakeOver(CallStore saved, CallStore store, TimeZoneInfo oldZone)
    {
        var clock = new DayClock(oldZone);
        var records = new CallList();
        for (int i = 0; i < saved.Count; i++)
        {
            CallRecord record = saved[i];
            if (!store.Contains(record))
            {
                record.PinnedDay = record.PinnedDay != 0 ? record.PinnedDay : clock.At(record.Ticks, out _);
            }

            records.Add(record);
        }

        store.Merge(records);
    }

    private static TimeZoneInfo TimeZoneOf(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? zone) ? zone : TimeZoneInfo.Utc;

    private static List<string> Directories(CallStore store)
    {
        bool[] named = new bool[store.Names.Count];
        for (int i = 0; i < store.Count; i++)
        {
            named[store[i].Directory] = true;
        }

        var folders = new List<string>();
        for (int name = 0; name < named.Length; name++)
        {
            if (named[name])
            {
                folders.Add(store.Names.Text(name));
            }
        }

        folders.Sort(StringComparer.Ordinal);
        return folders;
    }

    // The same where what all but the changed calls name is known.
    private static List<string> Directories(CallStore store, IReadOnlyCollection<string> known)
    {
        var folders = new HashSet<string>(known, StringComparer.Ordinal);
        foreach (int head in store.ChangedMessages)
        {
            for (int i = head; i >= 0; i = store[i].Next)
            {
                folders.Add(store.Names.Text(store[i].Directory));
            }
        }

        List<string> sorted = [.. folders];
        sorted.Sort(StringComparer.Ordinal);
        return sorted;
    }

    private static void Keep(IngestState state, IReadOnlyList<TranscriptFile> files, IngestState? old, TranscriptScan scan)
    {
        state.Cursors.EnsureCapacity(files.Count);
        foreach (TranscriptFile file in files)
        {
            // A file that could not be read this time keeps the cursor it had.
            if (scan.Cursors.TryGetValue(file.RealPath, out TranscriptCursor? cursor) || old?.Cursors.TryGetValue(file.RealPath, out cursor) == true)
            {
                state.Cursors[file.RealPath] = cursor;
            }
        }
    }
}
