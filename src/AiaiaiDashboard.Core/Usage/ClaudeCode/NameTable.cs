using System.IO.Hashing;
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
    private readonly Usage.NameTable names = new();

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
            return names.Add(utf8);
        }
    }

    /// <summary>The number of a name.</summary>
    public int Id(string name) => Id(Encoding.UTF8.GetBytes(name));

    /// <summary>UTF-8 of a name.</summary>
    public byte[] Bytes(int id)
    {
        lock (gate)
        {
            return names.Utf8(id).ToArray();
        }
    }

    /// <summary>Text of a name.</summary>
    public string Text(int id)
    {
        lock (gate)
        {
            return names[id];
        }
    }

    /// <summary>Order by code point: the order of the UTF-8 bytes.</summary>
    public int Compare(int left, int right)
    {
        if (left == right)
        {
            return 0;
        }

        lock (gate)
        {
            return names.Utf8(left).SequenceCompareTo(names.Utf8(right));
        }
    }
}

/// <summary>One reader's memory of a <see cref="NameTable"/>: spares the lock for names seen lately.</summary>
internal sealed class NameCache(NameTable table)
{
    /// <summary>Names kept, each at the place its hash gives.</summary>
    private const int Places = 1024;

    private readonly byte[]?[] seen = new byte[]?[Places];
    private readonly int[] ids = new int[Places];

    /// <summary>The number of a name.</summary>
    public int Id(ReadOnlySpan<byte> utf8)
    {
        int place = (int)XxHash3.HashToUInt64(utf8) & (Places - 1);
        if (seen[place] is { } name && name.AsSpan().SequenceEqual(utf8))
        {
            return ids[place];
        }

        ids[place] = table.Id(utf8);
        seen[place] = utf8.ToArray();
        return ids[place];
    }
}
