namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>
/// Calls one after the other. Of its own type, since the framework's list of a struct is compiled when a program runs, which takes a single sync
/// longer than what it is for.
/// </summary>
internal sealed class CallList
{
    private CallRecord[] items = new CallRecord[16];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>One of them.</summary>
    public ref CallRecord this[int index] => ref items[index];

    /// <summary>Adds one at the end.</summary>
    public void Add(in CallRecord call)
    {
        if (Count == items.Length)
        {
            var larger = new CallRecord[Count * 2];
            Array.Copy(items, larger, Count);
            items = larger;
        }

        items[Count++] = call;
    }

    /// <summary>Takes all away.</summary>
    public void Clear() => Count = 0;

    /// <summary>Takes those away that count nothing (R19).</summary>
    public void RemoveEmpty()
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (!items[i].IsEmpty)
            {
                if (kept < i)
                {
                    items[kept] = items[i];
                }

                kept++;
            }
        }

        Count = kept;
    }
}
