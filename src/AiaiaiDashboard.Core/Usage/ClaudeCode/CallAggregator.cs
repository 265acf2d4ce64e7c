using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>
/// Adds up calls to ledger rows (rules R22 to R31). Days and prices follow the zone and table given; directories become projects through
/// the catalogue.
/// </summary>
internal sealed class CallAggregator(CallStore store, PriceTable prices, TimeZoneInfo zone, IReadOnlyDictionary<string, string> projects, DateOnly keepFrom)
{
    private readonly DayClock clock = new(zone);
    private readonly Numbered projectIds = new();
    private readonly Numbered listed = new();
    private readonly CallList calls = new();
    private readonly RowSlots slots = new();
    private readonly List<RowBuilder> rows = [];

    // By the number of a name, 0 for not yet known: the project of a directory, the listed model of a model and of its fast calls.
    private int[] projectOfDirectory = [];
    private int[] listedModel = [];

    /// <summary>Calls older than the retention, not added.</summary>
    public long Expired { get; private set; }

    /// <summary>Adds the calls of all messages to their rows.</summary>
    public void AddAll()
    {
        for (int head = store.NextMessage(-1); head >= 0; head = store.NextMessage(head))
        {
            CallGroup.Resolve(store, head, calls);
            for (int i = 0; i < calls.Count; i++)
            {
                Add(calls[i], Slot(calls[i], out int hour), hour);
            }
        }
    }

    /// <summary>Adds those calls that belong to wanted rows.</summary>
    public void AddWanted(RowSlots wanted)
    {
        HashSet<int> days = [];
        int firstDay = int.MaxValue;
        int lastDay = int.MinValue;
        for (int number = 0; number < wanted.Count; number++)
        {
            days.Add(wanted[number].Day);
            firstDay = Math.Min(firstDay, wanted[number].Day);
            lastDay = Math.Max(lastDay, wanted[number].Day);
        }

        // No zone is a day away from UTC: most calls are told apart by this alone.
        long from = (firstDay - 1) * TimeSpan.TicksPerDay;
        long to = (lastDay + 2) * TimeSpan.TicksPerDay;

        for (int head = store.NextMessage(-1); head >= 0; head = store.NextMessage(head))
        {
            ref CallRecord first = ref store[head];
            if (first.Next < 0
                && ((first.PinnedDay == 0 && (first.Ticks < from || first.Ticks >= to)) || !days.Contains(first.PinnedDay != 0 ? first.PinnedDay : clock.At(first.Ticks, out _))))
            {
                continue;
            }

            CallGroup.Resolve(store, head, calls);
            for (int i = 0; i < calls.Count; i++)
            {
                RowSlot slot = Slot(calls[i], out int hour);
                if (wanted.Find(slot) >= 0)
                {
                    Add(calls[i], slot, hour);
                }
            }
        }
    }

    /// <summary>The rows that the calls of one message belong to.</summary>
    public void Slots(int head, RowSlots found)
    {
        CallGroup.Resolve(store, head, calls);
        for (int i = 0; i < calls.Count; i++)
        {
            found.Add(Slot(calls[i], out _));
        }
    }

    /// <summary>The key of a row.</summary>
    public UsageKey Key(RowSlot slot) => new(
        DateOnly.FromDayNumber(slot.Day), projectIds[slot.Project], store.Names.Text(slot.Session), listed[slot.Model], UsageSource.ClaudeCode);

    /// <summary>The number form of a key.</summary>
    public RowSlot Slot(UsageKey key) => new(key.Date.DayNumber, projectIds.Number(key.Project), store.Names.Id(key.Session), listed.Number(key.Model));

    /// <summary>The rows added up so far.</summary>
    public IEnumerable<UsageRow> Rows()
    {
        for (int number = 0; number < rows.Count; number++)
        {
            yield return rows[number].Build(Key(slots[number]));
        }
    }

    private RowSlot Slot(in CallRecord call, out int hour)
    {
        int day = clock.At(call.Ticks, out hour);
        return new RowSlot(call.PinnedDay != 0 ? call.PinnedDay : day, Project(call.Directory), call.Session, Model(call));
    }

    private int Project(int folder)
    {
        ref int number = ref Known(ref projectOfDirectory, folder);
        if (number == 0)
        {
            number = projectIds.Number(projects[store.Names.Text(folder)]) + 1;
        }

        return number - 1;
    }

    private int Model(in CallRecord call)
    {
        bool fast = (call.Flags & CallFlags.Fast) != 0;
        ref int number = ref Known(ref listedModel, (call.Model * 2) + (fast ? 1 : 0));
        if (number == 0)
        {
            number = listed.Number(prices.Listed(store.Names.Text(call.Model)) + (fast ? "-fast" : "")) + 1;
        }

        return number - 1;
    }

    private static ref int Known(ref int[] numbers, int at)
    {
        if (at >= numbers.Length)
        {
            int[] larger = new int[Math.Max(64, at * 2)];
            Array.Copy(numbers, larger, numbers.Length);
            numbers = larger;
        }

        return ref numbers[at];
    }

    private void Add(in CallRecord call, RowSlot slot, int hour)
    {
        DateOnly day = DateOnly.FromDayNumber(slot.Day);
        if (day < keepFrom)
        {
            Expired++;
            return;
        }

        int number = slots.Add(slot);
        if (number == rows.Count)
        {
            rows.Add(new RowBuilder());
        }

        RowBuilder row = rows[number];
        if (row.PricedModel != call.Model)
        {
            row.SetPrice(call.Model, prices.Price(store.Names.Text(call.Model), day));
        }

        row.Add(call, hour);
    }

    /// <summary>Texts with numbers from 0 on.</summary>
    private sealed class Numbered
    {
        private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        private readonly List<string> names = [];

        public string this[int number] => names[number];

        public int Number(string name)
        {
            if (!numbers.TryGetValue(name, out int number))
            {
                number = names.Count;
                names.Add(name);
                numbers.Add(name, number);
            }

            return number;
        }
    }
}
