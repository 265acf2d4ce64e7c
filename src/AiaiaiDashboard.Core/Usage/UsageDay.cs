using System.Globalization;

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

/// <summary>Cost of one project in one hour of a day.</summary>
internal readonly record struct UsageHour(int Project, int Hour, decimal Cost);

/// <summary>
/// One day of the ledger, added up. Figures come from these and not from rows, so that after an append only the days it touched are read again.
/// Immutable.
/// </summary>
internal sealed class UsageDay
{
    private UsageDay(DateOnly date, UsageCell[] cells, UsageHour[] hours, (int Project, int Sessions)[] sessions, int allSessions)
    {
        Date = date;
        Cells = cells;
        Hours = hours;
        Sessions = sessions;
        AllSessions = allSessions;
        foreach (UsageCell cell in cells)
        {
            Cost += cell.Cost;
        }
    }

    public DateOnly Date { get; }

    /// <summary>By project, then model, in the order their rows came.</summary>
    public UsageCell[] Cells { get; }

    public UsageHour[] Hours { get; }

    /// <summary>Distinct sessions of each project.</summary>
    public (int Project, int Sessions)[] Sessions { get; }

    /// <summary>Distinct sessions of the day.</summary>
    public int AllSessions { get; }

    public decimal Cost { get; }

    /// <summary>Adds up the rows of one day, from <paramref name="from"/> up to and without <paramref name="to"/>.</summary>
    public static UsageDay Of(UsageRow[] rows, UsageColumns columns, int from, int to)
    {
        var cells = new List<UsageCell>();
        var hours = new List<UsageHour>();
        var sessions = new List<(int, int)>();
        var seen = new HashSet<int>();
        Span<decimal> byHour = stackalloc decimal[24];
        for (int start = from; start < to;)
        {
            // Rows of one project stand together, and in it those of one session.
            int project = columns.Project[start];
            int firstCell = cells.Count;
            int distinct = 0;
            int lastSession = -1;
            byHour.Clear();
            for (; start < to && columns.Project[start] == project; start++)
            {
                UsageRow row = rows[start];
                Add(cells, firstCell, project, columns.Model[start], row);
                if (row.Session.Length > 0 && columns.Session[start] != lastSession)
                {
                    lastSession = columns.Session[start];
                    distinct++;
                    seen.Add(lastSession);
                }

                foreach ((string hour, decimal cost) in row.Hours ?? NoHours)
                {
                    byHour[int.Parse(hour, NumberStyles.None, CultureInfo.InvariantCulture)] += cost;
                }
            }

            if (distinct > 0)
            {
                sessions.Add((project, distinct));
            }

            for (int hour = 0; hour < byHour.Length; hour++)
            {
                if (byHour[hour] != 0)
                {
                    hours.Add(new UsageHour(project, hour, byHour[hour]));
                }
            }
        }

        return new UsageDay(rows[from].Date, [.. cells], [.. hours], [.. sessions], seen.Count);
    }

    private static readonly Dictionary<string, decimal> NoHours = [];

    private static void Add(List<UsageCell> cells, int first, int project, int model, UsageRow row)
    {
        int at = first;
        while (at < cells.Count && cells[at].Model != model)
        {
            at++;
        }

        UsageCell cell = at < cells.Count ? cells[at] : new UsageCell { Project = project, Model = model };
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

        if (at < cells.Count)
        {
            cells[at] = cell;
        }
        else
        {
            cells.Add(cell);
        }
    }
}
