using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>Identity of a row by numbers: cheap to build for every call.</summary>
internal readonly record struct RowSlot(int Day, int Project, int Session, int Model);

/// <summary>
/// Adds up calls to ledger rows (rules R22 to R31). Days and prices follow the zone and table given; directories become projects through
/// the catalogue.
/// </summary>
internal sealed class CallAggregator(CallStore store, PriceTable prices, TimeZoneInfo zone, IReadOnlyDictionary<string, string> projects, DateOnly keepFrom)
{
    private readonly DayClock clock = new(zone);
    private readonly Dictionary<string, int> projectNumbers = new(StringComparer.Ordinal);
    private readonly List<string> projectIds = [];
    private readonly Dictionary<int, int> projectOfDirectory = [];
    private readonly Dictionary<(int Model, bool Fast), int> models = [];
    private readonly Dictionary<string, int> listedNumbers = new(StringComparer.Ordinal);
    private readonly List<string> listed = [];
    private readonly List<CallRecord> calls = [];
    private readonly Dictionary<RowSlot, RowBuilder> rows = [];

    /// <summary>Calls older than the retention, not added.</summary>
    public long Expired { get; private set; }

    /// <summary>Adds the calls of one message to their rows.</summary>
    public void Add(int head)
    {
        CallGroup.Resolve(store, head, calls);
        foreach (CallRecord call in calls)
        {
            Add(call, Slot(call, out int hour), hour);
        }
    }

    /// <summary>Adds those calls of a message that belong to wanted rows.</summary>
    public void AddWanted(int head, HashSet<RowSlot> wanted, HashSet<int> days)
    {
        ref CallRecord first = ref store[head];
        if (first.Next < 0 && !days.Contains(first.PinnedDay != 0 ? first.PinnedDay : clock.At(first.Ticks).Day))
        {
            return;
        }

        CallGroup.Resolve(store, head, calls);
        foreach (CallRecord call in calls)
        {
            RowSlot slot = Slot(call, out int hour);
            if (wanted.Contains(slot))
            {
                Add(call, slot, hour);
            }
        }
    }

    /// <summary>The rows that the calls of one message belong to.</summary>
    public void Slots(int head, HashSet<RowSlot> slots)
    {
        CallGroup.Resolve(store, head, calls);
        foreach (CallRecord call in calls)
        {
            slots.Add(Slot(call, out _));
        }
    }

    /// <summary>The key of a row.</summary>
    public UsageKey Key(RowSlot slot) => new(
        DateOnly.FromDayNumber(slot.Day), projectIds[slot.Project], store.Names.Text(slot.Session), listed[slot.Model], UsageSource.ClaudeCode);

    /// <summary>The number form of a key.</summary>
    public RowSlot Slot(UsageKey key) => new(
        key.Date.DayNumber, Number(projectIds, projectNumbers, key.Project), store.Names.Id(key.Session), Number(listed, listedNumbers, key.Model));

    /// <summary>The rows added up so far.</summary>
    public IEnumerable<UsageRow> Rows() => rows.Select(r => r.Value.Build(Key(r.Key)));

    private RowSlot Slot(in CallRecord call, out int hour)
    {
        (int day, hour) = clock.At(call.Ticks);
        return new RowSlot(call.PinnedDay != 0 ? call.PinnedDay : day, Project(call.Directory), call.Session, Model(call));
    }

    private int Project(int folder)
    {
        if (!projectOfDirectory.TryGetValue(folder, out int number))
        {
            number = Number(projectIds, projectNumbers, projects[store.Names.Text(folder)]);
            projectOfDirectory.Add(folder, number);
        }

        return number;
    }

    private int Model(in CallRecord call)
    {
        bool fast = (call.Flags & CallFlags.Fast) != 0;
        if (!models.TryGetValue((call.Model, fast), out int number))
        {
            string name = prices.Listed(store.Names.Text(call.Model)) + (fast ? "-fast" : "");
            number = Number(listed, listedNumbers, name);
            models.Add((call.Model, fast), number);
        }

        return number;
    }

    private static int Number(List<string> names, Dictionary<string, int> numbers, string name)
    {
        if (!numbers.TryGetValue(name, out int number))
        {
            number = names.Count;
            names.Add(name);
            numbers.Add(name, number);
        }

        return number;
    }

    private void Add(in CallRecord call, RowSlot slot, int hour)
    {
        DateOnly day = DateOnly.FromDayNumber(slot.Day);
        if (day < keepFrom)
        {
            Expired++;
            return;
        }

        if (!rows.TryGetValue(slot, out RowBuilder? row))
        {
            row = new RowBuilder();
            rows.Add(slot, row);
        }

        row.Add(call, hour, prices.Price(store.Names.Text(call.Model), day));
    }
}
