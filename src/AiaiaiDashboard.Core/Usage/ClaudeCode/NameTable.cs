using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>
/// The strings that calls share (sessions, directories, models), each once, numbered from 0 in the order they came. Grows with the
/// number of distinct names only. Thread-safe.
/// </summary>
internal sealed class NameTable
{
    private readonly Lock gate = new();
    private readonly Dictionary<byte[], int> ids = new(Utf8Comparer.Instance);
    private readonly List<byte[]> names = [];

    /// <summary>Number of names.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return names.Count;
            }
        }
    }

    /// <summary>The number of a name; bytes that are not UTF-8 are replaced by U+FFFD first, so that equal text has one number.</summary>
    public int Id(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            utf8 = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8));
        }

        lock (gate)
        {
            var lookup = ids.GetAlternateLookup<ReadOnlySpan<byte>>();
            if (!lookup.TryGetValue(utf8, out int id))
            {
                id = names.Count;
                byte[] name = utf8.ToArray();
                names.Add(name);
                ids.Add(name, id);
            }

            return id;
        }
    }

    /// <summary>The number of a name.</summary>
    public int Id(string name) => Id(Encoding.UTF8.GetBytes(name));

    /// <summary>UTF-8 of a name.</summary>
    public byte[] Bytes(int id)
    {
        lock (gate)
        {
            return names[id];
        }
    }

    /// <summary>Text of a name.</summary>
    public string Text(int id) => Encoding.UTF8.GetString(Bytes(id));

    /// <summary>Order by code point: the order of the UTF-8 bytes.</summary>
    public int Compare(int left, int right) => left == right ? 0 : Bytes(left).AsSpan().SequenceCompareTo(Bytes(right));

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly Utf8Comparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x is null ? y is null : y is not null && x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => Hash(obj);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate) => Hash(alternate);

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        private static int Hash(ReadOnlySpan<byte> bytes) => (int)XxHash3.HashToUInt64(bytes);
    }
}

/// <summary>One reader's memory of a <see cref="NameTable"/>: spares the lock for names seen before.</summary>
internal sealed class NameCache(NameTable table)
{
    /// <summary>Entries after which the cache starts again: bounds the memory of one reader.</summary>
    private const int MaxEntries = 65_536;

    private readonly Dictionary<ulong, (int Id, byte[] Name)> seen = [];

    /// <summary>The number of a name.</summary>
    public int Id(ReadOnlySpan<byte> utf8)
    {
        ulong hash = XxHash3.HashToUInt64(utf8);
        ref (int Id, byte[] Name) entry = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, hash, out bool exists);
        if (exists && entry.Name.AsSpan().SequenceEqual(utf8))
        {
            return entry.Id;
        }

        int id = table.Id(utf8);
        entry = (id, utf8.ToArray());
        if (seen.Count >= MaxEntries)
        {
            seen.Clear();
        }

        return id;
    }
}
