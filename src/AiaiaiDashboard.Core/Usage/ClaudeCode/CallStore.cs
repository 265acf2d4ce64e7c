using System.Numerics;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>Takes bytes as they stand in memory.</summary>
internal delegate void CallWriter(ReadOnlySpan<byte> bytes);

/// <summary>
/// Every call ever read, once, found by its message. Lines merge into it in any order and any number of times (R15, R16, R32).
/// <see cref="Merge"/> may be called from several threads; everything else from one.
/// </summary>
internal sealed unsafe class CallStore : IDisposable
{
    private const int PageBits = 12;
    private const int PageSize = 1 << PageBits;

    private readonly Lock gate = new();
    private readonly List<CallRecord[]> pages = [];
    private readonly HashSet<int> changed = [];

    private int messages;

    // The records that were saved, in the image; those that came since are in the pages.
    private CallImage? image;
    private CallRecord* held;
    private int heldCount;

    // Records that follow another one of their message.
    private BitList followers = new(PageSize);

    /// <summary>An empty store.</summary>
    /// <param name="names">Sessions, directories and models of its records.</param>
    public CallStore(NameTable names) => Names = names;

    /// <summary>Sessions, directories and models of the records.</summary>
    public NameTable Names { get; }

    /// <summary>Number of records.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Called once per message before its records change for the first time since <see cref="ForgetChanges"/>, with the index of its first record
    /// (-1 when it is new): the place to note the rows it counted in until now.
    /// </summary>
    public Action<int>? BeforeChange { get; set; }

    /// <summary>First records of the messages that changed since <see cref="ForgetChanges"/>.</summary>
    public HashSet<int> ChangedMessages => changed;

    /// <summary>Whether a record that was there now names another directory, so that nobody may name the one it named before.</summary>
    public bool HasMoved { get; private set; }

    /// <summary>Where the first records of messages are found.</summary>
    public MessagePlaces Places { get; private set; } = new(1 << 12);

    /// <summary>A record by its index.</summary>
    public ref CallRecord this[int index]
    {
        get
        {
            if ((uint)index < (uint)heldCount)
            {
                return ref held[index];
            }

            int added = index - heldCount;
            return ref pages[added >> PageBits][added & (PageSize - 1)];
        }
    }

    /// <summary>Starts a new round of changes.</summary>
    public void ForgetChanges() => changed.Clear();

    /// <summary>Takes in calls as lines state them.</summary>
    public void Merge(CallList calls)
    {
        lock (gate)
        {
            for (int i = 0; i < calls.Count; i++)
            {
                MergeOne(calls[i]);
            }
        }
    }

    /// <summary>Counts the messages with such a record as changed.</summary>
    public void Touch(Func<CallRecord, bool> condition)
    {
        for (int head = NextMessage(-1); head >= 0; head = NextMessage(head))
        {
            for (int i = head; i >= 0; i = this[i].Next)
            {
                if (condition(this[i]))
                {
                    Announce(head);
                    break;
                }
            }
        }
    }

    /// <summary>Takes over what <see cref="SaveRecords"/> and <see cref="MessagePlaces.Save"/> gave, where it stands: the store must be empty.</summary>
    /// <param name="saved">Holds it; this store's from now on.</param>
    /// <param name="records">Where the records begin.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="firsts">Where the first records of messages are found.</param>
    /// <exception cref="InvalidDataException">They do not belong together.</exception>
    public void Attach(CallImage saved, CallRecord* records, int count, MessagePlaces firsts)
    {
        followers = new BitList(count);
        int names = Names.Count;
        int heads = count;
        for (int i = 0; i < count; i++)
        {
            CheckNames(records[i], names);
            int next = records[i].Next;
            if (next >= 0)
            {
                if (next <= i || next >= count || followers.Contains(next))
                {
                    throw new InvalidDataException("The calls do not follow one another.");
                }

                followers.Add(next);
                heads--;
            }
        }

        int found = 0;
        for (int place = 0; place < firsts.Count; place++)
        {
            int head = firsts[place];
            if (head >= count || (head >= 0 && followers.Contains(head)))
            {
                throw new InvalidDataException("A message begins with no record of its own.");
            }

            found += head >= 0 ? 1 : 0;
        }

        if (found != heads || heads >= firsts.Count || !BitOperations.IsPow2(firsts.Count))
        {
            throw new InvalidDataException("Not every message can be found.");
        }

        image = saved;
        held = records;
        heldCount = Count = count;
        messages = heads;
        Places = firsts;
    }

    /// <summary>Gives all records in their order, as they stand in memory.</summary>
    public void SaveRecords(CallWriter write)
    {
        if (heldCount > 0)
        {
            write(new ReadOnlySpan<byte>(held, heldCount * sizeof(CallRecord)));
        }

        for (int done = heldCount; done < Count; done += PageSize)
        {
            fixed (CallRecord* records = pages[(done - heldCount) >> PageBits])
            {
                write(new ReadOnlySpan<byte>(records, Math.Min(PageSize, Count - done) * sizeof(CallRecord)));
            }
        }
    }

    /// <summary>Gives the memory back; no record may be used any more.</summary>
    public void Dispose()
    {
        heldCount = Count = 0;
        held = null;
        Places = new MessagePlaces(1);
        image?.Dispose();
        image = null;
    }

    /// <summary>Puts a record that changed, or came, after the others were saved: in the order of their indices.</summary>
    /// <exception cref="InvalidDataException">One before it is missing, or it is of another message than the one it replaces.</exception>
    public void Restore(int index, in CallRecord record)
    {
        CheckNames(record, Names.Count);
        if (index < Count)
        {
            ref CallRecord held = ref this[index];
            if (held.MessageLow != record.MessageLow || held.MessageHigh != record.MessageHigh)
            {
                throw new InvalidDataException("A changed call is of another message.");
            }

            int next = held.Next;
            held = record;
            held.Next = next;
            return;
        }

        if (index > Count)
        {
            throw new InvalidDataException("A call is missing.");
        }

        int slot = Find(record, out int head);
        Append(record, slot, head);
    }

    private static void CheckNames(in CallRecord record, int names)
    {
        if ((uint)record.Session >= names || (uint)record.Directory >= names || (uint)record.Model >= names || (uint)record.Version >= names)
        {
            throw new InvalidDataException("A call has a name that is not there.");
        }
    }

    /// <summary>Adds the indices of the records of all messages that changed since <see cref="ForgetChanges"/>.</summary>
    public void AddChanged(HashSet<int> indices)
    {
        foreach (int head in changed)
        {
            for (int i = head; i >= 0; i = this[i].Next)
            {
                indices.Add(i);
            }
        }
    }

    /// <summary>Whether the store holds this very call.</summary>
    public bool Contains(in CallRecord call)
    {
        Find(call, out int head);
        return FindInChain(head, call) >= 0;
    }

    /// <summary>First record of a call's message; -1 when the store does not know it.</summary>
    public int Head(in CallRecord call)
    {
        Find(call, out int head);
        return head;
    }

    /// <summary>First record of the message that comes after another one; -1 behind the last.</summary>
    /// <param name="head">First record of that one; -1 for the first of all.</param>
    public int NextMessage(int head)
    {
        do
        {
            head++;
        }
        while (head < Count && followers.Contains(head));
        return head < Count ? head : -1;
    }

    private void MergeOne(in CallRecord call)
    {
        int slot = Find(call, out int head);
        int index = FindInChain(head, call);
        if (index >= 0)
        {
            CallRecord merged = this[index];
            if (merged.Merge(call, Names))
            {
                Announce(head);
                HasMoved |= merged.Directory != this[index].Directory;
                this[index] = merged;
            }

            return;
        }

        if (head >= 0)
        {
            Announce(head);
        }

        int first = Append(call, slot, head);
        changed.Add(first);
    }

    private void Announce(int head)
    {
        if (changed.Add(head))
        {
            BeforeChange?.Invoke(head);
        }
    }

    /// <summary>Adds a record at the end of its message's chain; returns the first record of the message.</summary>
    private int Append(in CallRecord call, int slot, int head)
    {
        int index = Count++;
        if ((index - heldCount) >> PageBits == pages.Count)
        {
            pages.Add(new CallRecord[PageSize]);
        }

        this[index] = call;
        this[index].Next = -1;
        if (head < 0)
        {
            Places[slot] = index;
            if (++messages * 2 > Places.Count)
            {
                Places.Grow(this);
            }

            return index;
        }

        int last = head;
        while (this[last].Next >= 0)
        {
            last = this[last].Next;
        }

        this[last].Next = index;
        followers.Add(index);
        return head;
    }

    private int FindInChain(int head, in CallRecord call)
    {
        for (int i = head; i >= 0; i = this[i].Next)
        {
            ref CallRecord record = ref this[i];
            if (record.Request == call.Request && record.Position == call.Position)
            {
                return i;
            }
        }

        return -1;
    }

    private int Find(in CallRecord call, out int head)
    {
        int slot = Places.First(call);
        while (true)
        {
            head = Places[slot];
            if (head < 0)
            {
                return slot;
            }

            ref CallRecord record = ref this[head];
            if (record.MessageLow == call.MessageLow && record.MessageHigh == call.MessageHigh)
            {
                return slot;
            }

            slot = Places.After(slot);
        }
    }
}
