namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>The calls one message stands for, after sidechain replays are sorted out (R17) and empty calls dropped (R19).</summary>
internal static class CallGroup
{
    /// <summary>Hands on the calls of the message whose first record is <paramref name="head"/>.</summary>
    public static void Resolve(CallStore store, int head, CallList calls)
    {
        calls.Clear();
        ref CallRecord first = ref store[head];
        if (first.Next < 0)
        {
            if (!first.IsEmpty)
            {
                calls.Add(first);
            }

            return;
        }

        bool severalRequests = false;
        for (int i = first.Next; i >= 0 && !severalRequests; i = store[i].Next)
        {
            severalRequests = store[i].Request != first.Request;
        }

        if (!severalRequests)
        {
            Add(store, head, calls, onlyRequests: null);
        }
        else
        {
            AddSeveral(store, head, calls);
        }

        calls.RemoveEmpty();
    }

    // Apart, since the code of its set is compiled when a program runs, and few messages have it.
    private static void AddSeveral(CallStore store, int head, CallList calls)
    {
        HashSet<ulong> main = MainRequests(store, head);
        if (main.Count > 0)
        {
            Add(store, head, calls, main);
        }
        else
        {
            MergeAll(store, head, calls);
        }
    }

    private static HashSet<ulong> MainRequests(CallStore store, int head)
    {
        var main = new HashSet<ulong>();
        for (int i = head; i >= 0; i = store[i].Next)
        {
            ref CallRecord record = ref store[i];
            if ((record.Flags & CallFlags.Main) != 0)
            {
                main.Add(record.Request);
            }
        }

        return main;
    }

    private static void Add(CallStore store, int head, CallList calls, HashSet<ulong>? onlyRequests)
    {
        for (int i = head; i >= 0; i = store[i].Next)
        {
            ref CallRecord record = ref store[i];
            if (onlyRequests is null || onlyRequests.Contains(record.Request))
            {
                calls.Add(record);
            }
        }
    }

    /// <summary>All requests are sidechain replays: they are one call, and so are their items at the same position.</summary>
    private static void MergeAll(CallStore store, int head, CallList calls)
    {
        for (int i = head; i >= 0; i = store[i].Next)
        {
            CallRecord record = store[i];
            int at = 0;
            while (at < calls.Count && calls[at].Position != record.Position)
            {
                at++;
            }

            if (at == calls.Count)
            {
                calls.Add(record);
            }
            else
            {
                calls[at].Merge(record, store.Names);
            }
        }
    }
}
