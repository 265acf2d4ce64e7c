using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>What the last ingest knew besides the calls: small, read on every sync.</summary>
internal sealed class IngestState
{
    // Not made where nothing needs it: its code is compiled at run time.
    private HashSet<UsageKey>? adopted;

    /// <summary>Counts the saves; a state newer than its calls is not to be trusted.</summary>
    public long Generation { get; set; }

    /// <summary>Zone the days of the rows belong to.</summary>
    public string TimeZone { get; set; } = "";

    /// <summary><see cref="Pricing.PriceTable.Fingerprint"/> the rows were priced with.</summary>
    public ulong Prices { get; set; }

    /// <summary>First day the rows were kept from.</summary>
    public DateOnly KeepFrom { get; set; }

    /// <summary><see cref="LedgerMark"/> of the rows as they were left: tells a ledger that lost rows, or was put back, from the one this belongs to.</summary>
    public ulong Ledger { get; set; }

    /// <summary>How far each transcript was read, by real path.</summary>
    public Dictionary<string, TranscriptCursor> Cursors { get; } = new(StringComparer.Ordinal);

    /// <summary>Project of every directory a call names.</summary>
    public Dictionary<string, string> Projects { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Rows the ledger held before this cache began, and which it cannot recount: they never get smaller (CONTRACT.md, "Rebuildable").
    /// </summary>
    public HashSet<UsageKey> Adopted => adopted ??= [];

    /// <summary>Calls by version of Claude Code.</summary>
    public IReadOnlyList<TranscriptVersion> Versions { get; set; } = [];
}

/// <summary>
/// The file cache/transcripts.bin (state), and beside it the calls (see <see cref="CallFile"/>). All can be deleted at any time.
/// </summary>
internal sealed class IngestCache(DataDirectory directory)
{
    private const ulong StateMagic = 0x3756_4554_5341_4941; // "AIASTEV7"

    /// <summary>Bytes that are seldom needed for a cursor.</summary>
    private const int MostPerCursor = 256;

    /// <summary>Cursors that room is made for on the word of a file.</summary>
    private const int MostExpected = 100_000;

    private string StatePath => directory.PathOf("cache/transcripts.bin");

    private string VersionsPath => directory.PathOf(TranscriptVersions.File);

    /// <summary>Reads the state; null when there is none that can be used.</summary>
    public IngestState? LoadState() => CacheFile.Load(StatePath, StateMagic, static reader =>
    {
        var state = new IngestState
        {
            Generation = reader.ReadInt64(),
            TimeZone = reader.ReadString(),
            Prices = reader.ReadUInt64(),
            KeepFrom = DateOnly.FromDayNumber(reader.ReadInt32()),
            Ledger = reader.ReadUInt64(),
        };
        int cursors = reader.ReadInt32();
        state.Cursors.EnsureCapacity(Math.Clamp(cursors, 0, MostExpected));
        for (int i = cursors; i > 0; i--)
        {
            var cursor = new TranscriptCursor
            {
                RealPath = reader.ReadString(),
                NextLine = reader.ReadInt64(),
                Length = reader.ReadInt64(),
                ModifiedTicks = reader.ReadInt64(),
                Device = reader.ReadUInt64(),
                Inode = reader.ReadUInt64(),
                PrefixHash = reader.ReadUInt64(),
                Malformed = reader.ReadInt32(),
                TailMalformed = reader.ReadInt32(),
                FirstMalformedLine = reader.ReadInt64(),
            };
            state.Cursors[cursor.RealPath] = cursor;
        }

        for (int i = reader.ReadInt32(); i > 0; i--)
        {
            state.Projects[reader.ReadString()] = reader.ReadString();
        }

        for (int i = reader.ReadInt32(); i > 0; i--)
        {
            state.Adopted.Add(new UsageKey(DateOnly.FromDayNumber(reader.ReadInt32()), reader.ReadString(), reader.ReadString(), reader.ReadString(), UsageSource.ClaudeCode));
        }

        var versions = new TranscriptVersion[reader.ReadInt32()];
        for (int i = 0; i < versions.Length; i++)
        {
            versions[i] = new TranscriptVersion(
                reader.ReadString(), reader.ReadInt64(), reader.ReadInt64(), DateOnly.FromDayNumber(reader.ReadInt32()), DateOnly.FromDayNumber(reader.ReadInt32()));
        }

        state.Versions = versions;
        return state;
    });

    /// <summary>Writes the state, after its calls.</summary>
    /// <param name="state">The state.</param>
    /// <param name="isNew">Whether it is known to differ from what was written before; otherwise that is looked at, and a state that does not is not written again.</param>
    public void SaveState(IngestState state, bool isNew)
    {
        using var memory = new MemoryStream(MostPerCursor * (state.Cursors.Count + 1));
        CacheFile.Write(memory, StateMagic, writer => WriteState(writer, state));
        int length = (int)memory.Length;
        if (isNew || !File.Exists(StatePath) || !memory.GetBuffer().AsSpan(0, length).SequenceEqual(File.ReadAllBytes(StatePath)))
        {
            CacheFile.Replace(StatePath, stream => stream.Write(memory.GetBuffer(), 0, length));
        }
    }

    /// <summary>Writes the document of versions, before the state: a run that is cut off in between counts them again.</summary>
    public void SaveVersions(IReadOnlyList<TranscriptVersion> versions)
    {
        byte[] bytes = DocumentJson.Serialize(new TranscriptVersions { Versions = versions }, TranscriptVersions.Document);
        if (!File.Exists(VersionsPath) || !bytes.AsSpan().SequenceEqual(File.ReadAllBytes(VersionsPath)))
        {
            new JsonlLog(VersionsPath).Replace(stream => stream.Write(bytes));
        }
    }

    /// <summary>Writes that document again where somebody deleted or emptied it.</summary>
    public void KeepVersions(IReadOnlyList<TranscriptVersion> versions)
    {
        if (new FileInfo(VersionsPath) is not { Exists: true, Length: > 0 })
        {
            SaveVersions(versions);
        }
    }

    private static void WriteState(BinaryWriter writer, IngestState state)
    {
        writer.Write(state.Generation);
        writer.Write(state.TimeZone);
        writer.Write(state.Prices);
        writer.Write(state.KeepFrom.DayNumber);
        writer.Write(state.Ledger);
        writer.Write(state.Cursors.Count);
        TranscriptCursor[] cursors = [.. state.Cursors.Values];
        Array.Sort(cursors, static (a, b) => string.CompareOrdinal(a.RealPath, b.RealPath));
        foreach (TranscriptCursor cursor in cursors)
        {
            writer.Write(cursor.RealPath);
            writer.Write(cursor.NextLine);
            writer.Write(cursor.Length);
            writer.Write(cursor.ModifiedTicks);
            writer.Write(cursor.Device);
            writer.Write(cursor.Inode);
            writer.Write(cursor.PrefixHash);
            writer.Write(cursor.Malformed);
            writer.Write(cursor.TailMalformed);
            writer.Write(cursor.FirstMalformedLine);
        }

        writer.Write(state.Projects.Count);
        string[] folders = [.. state.Projects.Keys];
        Array.Sort(folders, string.CompareOrdinal);
        foreach (string folder in folders)
        {
            writer.Write(folder);
            writer.Write(state.Projects[folder]);
        }

        writer.Write(state.Adopted.Count);
        foreach (UsageKey key in state.Adopted.Order(UsageKey.Order))
        {
            writer.Write(key.Date.DayNumber);
            writer.Write(key.Project);
            writer.Write(key.Session);
            writer.Write(key.Model);
        }

        writer.Write(state.Versions.Count);
        foreach (TranscriptVersion version in state.Versions)
        {
            writer.Write(version.Version);
            writer.Write(version.Calls);
            writer.Write(version.IncompleteCalls);
            writer.Write(version.FirstDay.DayNumber);
            writer.Write(version.LastDay.DayNumber);
        }
    }
}
