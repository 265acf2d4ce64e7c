using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>Distinct texts, numbered in the order they came. Held as UTF-8: most are compared and grouped by, and never shown.</summary>
internal sealed class NameTable
{
    // Not the same in every process: a ledger cannot be made up so that all its texts fall into one slot.
    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64();

    private (uint Hash, int Code)[] slots = new (uint, int)[64];
    private readonly ByteStore bytes = new();
    private BytePlace[] places = new BytePlace[16];
    private string?[]? texts;
    private int last = -1;

    public int Count { get; private set; }

    /// <summary>The text of a number.</summary>
    public string this[int code] => Texts()[code] ??= Encoding.UTF8.GetString(Utf8(code));

    /// <summary>The text of a number, in UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8(int code) => bytes.Get(in places[code]);

    /// <summary>The number of a text; -1 where it was never added.</summary>
    public int CodeOf(string name)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        return slots[Slot(utf8, Hash(utf8))].Code - 1;
    }

    /// <summary>The number of a text, a new one where it has none.</summary>
    public int Add(ReadOnlySpan<byte> utf8)
    {
        // Rows come sorted: they repeat their neighbour's text more often than not.
        if (last >= 0 && Utf8(last).SequenceEqual(utf8))
        {
            return last;
        }

        uint hash = Hash(utf8);
        int slot = Slot(utf8, hash);
        int code = slots[slot].Code - 1;
        if (code < 0)
        {
            code = Count;
            slots[slot] = (hash, code + 1);
            Store(utf8);
        }

        return last = code;
    }

    /// <summary>As <see cref="Add(ReadOnlySpan{byte})"/>, and the object itself is what <see cref="this[int]"/> gives.</summary>
    public int Add(string name)
    {
        int code = Add(Encoding.UTF8.GetBytes(name));
        Texts()[code] ??= name;
        return code;
    }

    /// <summary>Eight bytes at a time, each folded in by a 128-bit product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Hash(ReadOnlySpan<byte> utf8)
    {
        const ulong factor = 0x9E3779B97F4A7C15;
        ulong hash = Seed ^ (uint)utf8.Length;
        for (; utf8.Length >= sizeof(ulong); utf8 = utf8[sizeof(ulong)..])
        {
            ulong high = Math.BigMul(hash ^ MemoryMarshal.Read<ulong>(utf8), factor, out ulong low);
            hash = high ^ low;
        }

        ulong tail = 0;
        foreach (byte b in utf8)
        {
            tail = (tail << 8) | b;
        }

        ulong top = Math.BigMul(hash ^ tail, factor, out ulong bottom);
        return (uint)(top ^ bottom ^ (bottom >> 32));
    }

    /// <summary>A copy that can grow while this one is read.</summary>
    public NameTable Fork()
    {
        var copy = new NameTable();
        for (int code = 0; code < Count; code++)
        {
            copy.Add(Utf8(code));
        }

        return copy;
    }

    private int Slot(ReadOnlySpan<byte> utf8, uint hash)
    {
        (uint Hash, int Code)[] table = slots;
        int mask = table.Length - 1;
        for (int slot = (int)hash & mask; ; slot = (slot + 1) & mask)
        {
            (uint Hash, int Code) held = table[slot];
            if (held.Code == 0 || (held.Hash == hash && Utf8(held.Code - 1).SequenceEqual(utf8)))
            {
                return slot;
            }
        }
    }

    private string?[] Texts()
    {
        string?[]? made = Volatile.Read(ref texts);
        if (made is null)
        {
            made = new string?[places.Length];
            return Interlocked.CompareExchange(ref texts, made, null) ?? made;
        }

        return made;
    }

    private void Store(ReadOnlySpan<byte> utf8)
    {
        if (Count == places.Length)
        {
            var larger = new BytePlace[Count * 2];
            Array.Copy(places, larger, Count);
            places = larger;
            if (texts is not null)
            {
                Array.Resize(ref texts, Count * 2);
            }
        }

        bytes.Add(out places[Count++], utf8);
        if (Count * 2 > slots.Length)
        {
            slots = Grown(slots);
        }
    }

    /// <summary>The table with twice the slots. Empty ones have the number 0.</summary>
    internal static (uint Hash, int Code)[] Grown((uint Hash, int Code)[] slots)
    {
        var larger = new (uint Hash, int Code)[slots.Length * 2];
        int mask = larger.Length - 1;
        foreach ((uint Hash, int Code) held in slots)
        {
            if (held.Code != 0)
            {
                int slot = (int)held.Hash & mask;
                while (larger[slot].Code != 0)
                {
                    slot = (slot + 1) & mask;
                }

                larger[slot] = held;
            }
        }

        return larger;
    }
}
