using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>
/// The rows of the ledger by their keys, in memory bounded by the keys: the figures as they are, hours and parts as the JSON they came in. A <see cref="UsageRow"/>
/// is made when somebody asks for it. Reading is thread-safe, changing is not.
/// </summary>
internal sealed class LedgerIndex
{
    private const int ChunkBits = 12;
    private const int ChunkRows = 1 << ChunkBits;
    private const int TextSlack = 16;

    private readonly List<Entry[]> chunks = [];
    private readonly HashSet<int> sharedChunks = [];
    private readonly ByteStore texts;
    private (uint Hash, int Code)[] slots = new (uint, int)[1024];
    private UsageRow?[]? made;

    /// <summary>An index without rows.</summary>
    public LedgerIndex()
    {
        texts = new ByteStore();
        (Projects, Models, Sources) = (new NameTable(), new NameTable(), new NameTable());
    }

    private LedgerIndex(LedgerIndex source)
    {
        chunks.AddRange(source.chunks);
        sharedChunks.UnionWith(Enumerable.Range(0, chunks.Count));
        texts = source.texts.Fork();
        made = (UsageRow?[]?)Volatile.Read(ref source.made)?.Clone();
        Count = source.Count;
        (Projects, Models, Sources) = (source.Projects.Fork(), source.Models.Fork(), source.Sources.Fork());
    }

    /// <summary>Rows, one per key.</summary>
    public int Count { get; private set; }

    public NameTable Projects { get; }

    public NameTable Models { get; }

    public NameTable Sources { get; }

    /// <summary>A copy that takes more rows while this one is read; what does not change is shared. Nobody looks for keys in it: rows put are unique, and a row goes by its place.</summary>
    public LedgerIndex Fork() => new(this);

    /// <summary>Takes all usage from a row: it counts nothing from now on.</summary>
    public void Clear(int row)
    {
        Own(row);
        ref UsageFacts facts = ref At(row).Facts;
        facts = new UsageFacts { Day = facts.Day, Project = facts.Project, Model = facts.Model, Source = facts.Source, FirstAt = UsageFacts.NoTime, LastAt = UsageFacts.NoTime };
    }

    /// <summary>The figures of a row.</summary>
    public ref readonly UsageFacts Facts(int row) => ref At(row).Facts;

    /// <summary>The session of a row, in UTF-8.</summary>
    public ReadOnlySpan<byte> Session(int row) => SessionOf(in At(row));

    /// <summary>Puts a line; the last of a key wins.</summary>
    /// <returns>Whether the key had a row before.</returns>
    public bool Put(in LedgerLine line)
    {
        UsageFacts facts = line.Facts;
        facts.Project = Projects.Add(line.Project);
        facts.Model = Models.Add(line.Model);
        facts.Source = Sources.Add(line.Source);
        ref Entry entry = ref At(Place(in facts, line.Session, unique: false, out int row));
        bool superseded = entry.IsUsed;
        entry.Fill(in facts, line.Session.Length);
        texts.Set(ref entry.Texts, line.Session, line.Rest, TextSlack);
        if (!line.Rest.IsEmpty)
        {
            // ,"hours":{...}} becomes an object of its own.
            texts.Get(in entry.Texts)[entry.SessionLength] = (byte)'{';
        }

        if (made is not null)
        {
            made[row] = null;
        }

        return superseded;
    }

    /// <summary>Puts a row; the last of a key wins.</summary>
    /// <param name="row">The row.</param>
    /// <param name="unique">Whether the key is known to be new, and nobody will look for it.</param>
    /// <returns>Whether the key had a row before.</returns>
    public bool Put(UsageRow row, bool unique = false)
    {
        UsageFacts facts = UsageFacts.Of(row);
        facts.Project = Projects.Add(row.Project);
        facts.Model = Models.Add(row.Model);
        facts.Source = Sources.Add(row.Source);
        byte[] session = Encoding.UTF8.GetBytes(row.Session);
        ref Entry entry = ref At(Place(in facts, session, unique, out int place));
        bool superseded = entry.IsUsed;
        entry.Fill(in facts, session.Length);
        // The object holds what the rest of the text would.
        texts.Set(ref entry.Texts, session, [], TextSlack);
        EnsureMade()[place] = row;
        return superseded;
    }

    /// <summary>Where the row of a key is; -1 where there is none.</summary>
    public int Find(UsageKey key)
    {
        var facts = new UsageFacts
        {
            Day = key.Date.DayNumber,
            Project = Projects.CodeOf(key.Project),
            Model = Models.CodeOf(key.Model),
            Source = Sources.CodeOf(key.Source),
        };
        if (facts is not { Project: >= 0, Model: >= 0, Source: >= 0 })
        {
            return -1;
        }

        byte[] session = Encoding.UTF8.GetBytes(key.Session);
        return slots[Slot(in facts, session, Hash(in facts, session))].Code - 1;
    }

    /// <summary>The key of a row.</summary>
    public UsageKey Key(int row)
    {
        ref readonly UsageFacts facts = ref Facts(row);
        return new UsageKey(DateOnly.FromDayNumber(facts.Day), Projects[facts.Project], Encoding.UTF8.GetString(Session(row)), Models[facts.Model], Sources[facts.Source]);
    }

    /// <summary>The row at a place.</summary>
    public UsageRow Row(int row)
    {
        UsageRow?[] all = EnsureMade();
        return all[row] ??= Make(in At(row));
    }

    /// <summary>What a row holds that this version does not know; null for nothing. A row that came as a <see cref="LedgerLine"/> holds none.</summary>
    public Dictionary<string, JsonElement>? Extra(int row) => Volatile.Read(ref made)?[row]?.Extra;

    private UsageRow?[] EnsureMade()
    {
        UsageRow?[]? all = Volatile.Read(ref made);
        if (all is null)
        {
            all = new UsageRow?[chunks.Count * ChunkRows];
            return Interlocked.CompareExchange(ref made, all, null) ?? all;
        }

        return all;
    }

    private UsageRow Make(in Entry entry)
    {
        ref readonly UsageFacts facts = ref entry.Facts;
        ReadOnlySpan<byte> json = texts.Get(in entry.Texts)[entry.SessionLength..];
        UsageRest rest = json.IsEmpty ? default : UsageRowReader.Rest(json);
        return new UsageRow
        {
            Date = DateOnly.FromDayNumber(facts.Day),
            Project = Projects[facts.Project],
            Session = Encoding.UTF8.GetString(SessionOf(in entry)),
            Model = Models[facts.Model],
            Source = Sources[facts.Source],
            Calls = facts.Calls,
            TokensIn = facts.TokensIn,
            TokensOut = facts.TokensOut,
            CacheWrite = facts.CacheWrite,
            CacheWrite1h = facts.CacheWrite1h,
            CacheRead = facts.CacheRead,
            Cost = facts.Cost,
            Unpriced = facts.Unpriced,
            FirstAt = UsageFacts.Time(facts.FirstAt),
            LastAt = UsageFacts.Time(facts.LastAt),
            IncompleteCalls = facts.IncompleteCalls,
            Hours = rest.Hours,
            Parts = rest.Parts,
            Extra = rest.Extra,
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Entry At(int row) => ref chunks[row >> ChunkBits][row & (ChunkRows - 1)];

    private ReadOnlySpan<byte> SessionOf(in Entry entry) => texts.Get(in entry.Texts)[..entry.SessionLength];

    // The place of a key's row: its own where it has one, else a new one.
    private int Place(in UsageFacts key, ReadOnlySpan<byte> session, bool unique, out int place)
    {
        if (!unique)
        {
            uint hash = Hash(in key, session);
            int slot = Slot(in key, session, hash);
            if (slots[slot].Code > 0)
            {
                return place = slots[slot].Code - 1;
            }

            slots[slot] = (hash, Count + 1);
            if ((Count + 1) * 2 > slots.Length)
            {
                slots = NameTable.Grown(slots);
            }
        }

        if (Count >> ChunkBits == chunks.Count)
        {
            chunks.Add(new Entry[ChunkRows]);
            if (made is not null && made.Length < chunks.Count * ChunkRows)
            {
                Array.Resize(ref made, Math.Max(chunks.Count * ChunkRows, made.Length * 2));
            }
        }

        Own(Count);
        return place = Count++;
    }

    // What another index reads too is copied before it changes.
    private void Own(int row)
    {
        int chunk = row >> ChunkBits;
        if (sharedChunks.Remove(chunk))
        {
            chunks[chunk] = (Entry[])chunks[chunk].Clone();
        }
    }

    private int Slot(in UsageFacts key, ReadOnlySpan<byte> session, uint hash)
    {
        (uint Hash, int Code)[] table = slots;
        int mask = table.Length - 1;
        for (int slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            (uint Hash, int Code) held = table[slot];
            if (held.Code == 0 || (held.Hash == hash && IsOf(in At(held.Code - 1), in key, session)))
            {
                return slot;
            }
        }
    }

    private bool IsOf(in Entry entry, in UsageFacts key, ReadOnlySpan<byte> session) =>
        entry.Facts.Day == key.Day && entry.Facts.Project == key.Project && entry.Facts.Model == key.Model && entry.Facts.Source == key.Source
        && SessionOf(in entry).SequenceEqual(session);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(in UsageFacts key, ReadOnlySpan<byte> session)
    {
        ulong hash = NameTable.Hash(session) ^ ((ulong)(uint)key.Day << 40) ^ ((ulong)(uint)key.Project << 24);
        hash = (hash * 0xBF58476D1CE4E5B9UL) ^ ((uint)key.Model + ((ulong)(uint)key.Source << 40));
        hash = (hash ^ (hash >> 31)) * 0x94D049BB133111EBUL;
        return (uint)(hash >> 32);
    }

    private struct Entry
    {
        public UsageFacts Facts;
        public BytePlace Texts;
        public int SessionLength;
        public bool IsUsed;

        public void Fill(in UsageFacts facts, int sessionLength)
        {
            Facts = facts;
            SessionLength = sessionLength;
            IsUsed = true;
        }
    }
}
