using System.Runtime.InteropServices;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>
/// Where the first record of a message is found: at the place its hash gives, or the next one after it that was free. Saved as it stands, and used where it
/// was saved until it has to grow. Not thread-safe.
/// </summary>
internal sealed unsafe class MessagePlaces
{
    private int[]? own;
    private int* held;

    /// <summary>An empty table.</summary>
    /// <param name="count">Places, a power of two.</param>
    public MessagePlaces(int count)
    {
        own = Empty(count);
        Count = count;
    }

    /// <summary>A table as <see cref="Save"/> gave it.</summary>
    /// <param name="saved">Where it stands: it has to stay there.</param>
    /// <param name="count">Places, a power of two.</param>
    public MessagePlaces(int* saved, int count)
    {
        held = saved;
        Count = count;
    }

    /// <summary>Places, more than there are messages.</summary>
    public int Count { get; private set; }

    /// <summary>The index of a first record; -1 for none.</summary>
    public ref int this[int place] => ref own is null ? ref held[place] : ref own[place];

    /// <summary>The place to look at after another one.</summary>
    public int After(int place) => (place + 1) & (Count - 1);

    /// <summary>The place to look at first.</summary>
    public int First(in CallRecord call) => (int)call.MessageLow & (Count - 1);

    /// <summary>Doubles the places.</summary>
    public void Grow(CallStore calls)
    {
        var larger = new MessagePlaces(Count * 2);
        for (int place = 0; place < Count; place++)
        {
            int head = this[place];
            if (head >= 0)
            {
                int free = larger.First(calls[head]);
                while (larger[free] >= 0)
                {
                    free = larger.After(free);
                }

                larger[free] = head;
            }
        }

        own = larger.own;
        held = null;
        Count = larger.Count;
    }

    /// <summary>Gives the table as it stands in memory.</summary>
    public void Save(CallWriter write) => write(own is null ? new ReadOnlySpan<byte>(held, Count * sizeof(int)) : MemoryMarshal.AsBytes(own.AsSpan()));

    private static int[] Empty(int count)
    {
        // By hand, here as elsewhere in what a short run reaches: the framework's way is compiled when the program runs.
        int[] empty = new int[count];
        for (int place = 0; place < empty.Length; place++)
        {
            empty[place] = -1;
        }

        return empty;
    }
}
