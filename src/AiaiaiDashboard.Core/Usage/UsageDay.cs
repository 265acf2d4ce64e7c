namespace AiaiaiDashboard.Core.Usage;

/// <summary>What one project used of one model on one day.</summary>
internal struct UsageCell
{
    public int Project;
    public int Model;
    public long Calls;
    public long TokensIn;
    public long TokensOut;
    public long CacheWrite;
    public long CacheWrite1h;
    public long CacheRead;
    public decimal Cost;
    public long UnpricedCalls;
    public long UnpricedTokens;

    public readonly long Tokens => TokensIn + TokensOut + CacheWrite + CacheRead;
}

/// <summary>One day of the ledger, added up by project and model: figures come from these and not from rows. Immutable.</summary>
internal sealed class UsageDay
{
    private UsageDay(DateOnly date, UsageCell[] cells)
    {
        Date = date;
        Cells = cells;
        for (int i = 0; i < cells.Length; i++)
        {
            Cost += cells[i].Cost;
        }
    }

    public DateOnly Date { get; }

    /// <summary>By project, then model, in the order their rows came.</summary>
    public UsageCell[] Cells { get; }

    public decimal Cost { get; }

    /// <summary>The days of all rows, oldest first.</summary>
    public static UsageDay[] Of(UsageColumns columns) => [.. Of(columns, 0, columns.Facts.Length)];

    /// <summary>The days after the rows of some of them changed; the others are kept.</summary>
    /// <param name="held">The days before.</param>
    /// <param name="columns">The rows now.</param>
    /// <param name="changed">Numbers of the days that changed, ascending.</param>
    public static UsageDay[] With(UsageDay[] held, UsageColumns columns, IEnumerable<int> changed)
    {
        var days = new List<UsageDay>(held.Length + 1);
        int at = 0;
        foreach (int day in changed)
        {
            for (; at < held.Length && held[at].Date.DayNumber < day; at++)
            {
                days.Add(held[at]);
            }

            at += at < held.Length && held[at].Date.DayNumber == day ? 1 : 0;
            days.AddRange(Of(columns, UsageOrder.FirstFrom(columns.Facts, day), UsageOrder.FirstFrom(columns.Facts, day + 1)));
        }

        days.AddRange(held.AsSpan(at));
        return [.. days];
    }

    private static List<UsageDay> Of(UsageColumns columns, int start, int end)
    {
        UsageColumns.FactColumn facts = columns.Facts;
        var days = new List<UsageDay>();
        var cells = new UsageCell[16];
        while (start < end)
        {
            int day = facts[start].Day;
            int count = 0;
            while (start < end && facts[start].Day == day)
            {
                // Rows of one project stand together.
                int project = columns.Project[start];
                int first = count;
                for (; start < end && facts[start].Day == day && columns.Project[start] == project; start++)
                {
                    Add(ref cells, ref count, first, project, columns.Model[start], in facts[start]);
                }
            }

            var own = new UsageCell[count];
            Array.Copy(cells, own, count);
            days.Add(new UsageDay(DateOnly.FromDayNumber(day), own));
        }

        return days;
    }

    private static void Add(ref UsageCell[] cells, ref int count, int first, int project, int model, in UsageFacts row)
    {
        int at = first;
        while (at < count && cells[at].Model != model)
        {
            at++;
        }

        if (at == count)
        {
            if (count == cells.Length)
            {
                var larger = new UsageCell[count * 2];
                Array.Copy(cells, larger, count);
                cells = larger;
            }

            cells[count++] = new UsageCell { Project = project, Model = model };
        }

        ref UsageCell cell = ref cells[at];
        cell.Calls += row.Calls;
        cell.TokensIn += row.TokensIn;
        cell.TokensOut += row.TokensOut;
        cell.CacheWrite += row.CacheWrite;
        cell.CacheWrite1h += row.CacheWrite1h;
        cell.CacheRead += row.CacheRead;
        cell.Cost += row.Cost;
        if (row.Unpriced)
        {
            cell.UnpricedCalls += row.Calls;
            cell.UnpricedTokens += row.TotalTokens;
        }
    }
}
