namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>The calls one message stands for, after sidechain replays are sorted out (R17) and empty calls dropped (R19).</summary>
internal static class CallGroup
{
    /// <summary>Records of a message among which a look at all of them for each is the quickest.</summary>
    private const int FewRecords = 16;

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
        int length = 1;
        for (int i = first.Next; i >= 0; i = store[i].Next)
        {
            severalRequests |= store[i].Request != first.Request;
            length++;
        }

        if (!severalRequests)
        {
            for (int i = head; i >= 0; i = store[i].Next)
            {
                calls.Add(store[i]);
            }
        }
        else if (length <= FewRecords)
        {
            AddFew(store, head, calls);
        }
        else
        {
            AddMany(store, head, calls);
        }

        calls.RemoveEmpty();
    }

    // Nearly all messages with several requests have two or three records.
    private static void AddFew(CallStore store, int head, CallList calls)
    {
        bool hasMain = false;
        for (int i = head; i >= 0; i = store[i].Next)
        {
            if (IsMain(store, head, store[i].Request))
            {
                calls.Add(store[i]);
                hasMain = true;
            }
        }

        if (!hasMain)
        {
            MergeAll(store, head, calls);
        }
    }

    private static bool IsMain(CallStore store, int head, ulong request)
    {
        for (int i = head; i >= 0; i = store[i].Next)
        {
            ref CallRecord record = ref store[i];
            if (record.Request == request && (record.Flags & CallFlags.Main) != 0)
            {
                return true;
            }
        }

        return false;
    }

    // Apart, since the code of its set is compiled when a program runs.
    private static void AddMany(CallStore store, int head, CallList calls)
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

        if (main.Count == 0)
        {
            MergeAll(store, head, calls);
            return;
        }

        for (int i = head; i >= 0; i = store[i].Next)
        {
            ref CallRecord record = ref store[i];
            if (main.Contains(record.Request))
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
