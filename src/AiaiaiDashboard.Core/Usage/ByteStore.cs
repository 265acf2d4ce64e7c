using System.Runtime.CompilerServices;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>Where bytes are in a <see cref="ByteStore"/>.</summary>
internal struct BytePlace
{
    public int Chunk;
    public int Start;
    public int Length;
    public int Capacity;
}

/// <summary>Many short texts back to back in a few large arrays, which are never copied to grow.</summary>
internal sealed class ByteStore
{
    private const int FirstChunkBytes = 4096;
    private const int MaxChunkBytes = 1 << 20;

    private readonly List<byte[]> chunks = [];
    private int used;
    private int growth = FirstChunkBytes;
    private int own = -1;

    /// <summary>The bytes at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Get(in BytePlace place) => place.Length == 0 ? default : chunks[place.Chunk].AsSpan(place.Start, place.Length);

    /// <summary>A copy that keeps more bytes while this one is read; what is held by now is shared and must stay as it is.</summary>
    public ByteStore Fork()
    {
        var fork = new ByteStore();
        fork.chunks.AddRange(chunks);
        return fork;
    }

    /// <summary>Keeps bytes.</summary>
    public void Add(out BytePlace place, ReadOnlySpan<byte> bytes)
    {
        place = default;
        Set(ref place, bytes, [], 1);
    }

    /// <summary>Keeps two texts one behind the other, where what was kept at the place before is large enough there.</summary>
    /// <param name="place">The place; changes where they do not fit.</param>
    /// <param name="first">What to keep.</param>
    /// <param name="second">What to keep behind it.</param>
    /// <param name="slack">The room is a multiple of it, so that a text that grows does not need another place each time.</param>
    public void Set(ref BytePlace place, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int slack)
    {
        int length = first.Length + second.Length;
        if (length > place.Capacity)
        {
            int capacity = (length + slack - 1) / slack * slack;
            if (own < 0 || capacity > chunks[own].Length - used)
            {
                chunks.Add(GC.AllocateUninitializedArray<byte>(Math.Max(growth, capacity)));
                growth = Math.Min(MaxChunkBytes, chunks[^1].Length * 2);
                own = chunks.Count - 1;
                used = 0;
            }

            place.Chunk = chunks.Count - 1;
            place.Start = used;
            place.Capacity = capacity;
            used += capacity;
        }

        place.Length = length;
        if (length > 0)
        {
            Span<byte> room = chunks[place.Chunk].AsSpan(place.Start, length);
            first.CopyTo(room);
            second.CopyTo(room[first.Length..]);
        }
    }
}
