using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>Distinct sessions of the fixed windows, for all projects together and for each.</summary>
internal sealed class SessionCounts
{
    /// <summary>Stands for all projects together.</summary>
    public const int All = -1;

    // By project, all together first.
    private readonly long[]?[] counts;

    private SessionCounts(int projects) => counts = new long[]?[projects + 1];

    /// <summary>Counts them in one pass over the rows of the longest window.</summary>
    public static SessionCounts Of(UsageReadModel model, DateOnly today)
    {
        UsageColumns columns = model.Columns;
        (int from, int to) = model.Range(today.AddDays(1 - AnalyticsCalculator.DailyDays), today);
        // The last day of each session, 0 for none; and the same in the project that had it first, which is nearly always the only one.
        (int[] codes, int count) = model.Sessions(from, to);
        int[] last = new int[count];
        int[] owner = new int[count];
        int[] lastOfOwner = new int[count];
        Dictionary<(int Session, int Project), int>? elsewhere = null;
        for (int row = from; row < to; row++)
        {
            int session = codes[row - from];
            if (session < 0)
            {
                continue;
            }

            int day = columns.Facts[row].Day;
            int project = columns.Project[row];
            if (last[session] == 0)
            {
                owner[session] = project;
            }

            last[session] = day;
            if (owner[session] == project)
            {
                lastOfOwner[session] = day;
            }
            else
            {
                (elsewhere ??= [])[(session, project)] = day;
            }
        }

        var counts = new SessionCounts(columns.Projects.Count);
        for (int session = 0; session < last.Length; session++)
        {
            if (last[session] > 0)
            {
                counts.Add(All, today.DayNumber - last[session]);
                counts.Add(owner[session], today.DayNumber - lastOfOwner[session]);
            }
        }

        if (elsewhere is not null)
        {
            counts.AddAll(elsewhere, today);
        }

        return counts;
    }

    /// <summary>Sessions of a window, by its position in <see cref="AnalyticsCalculator.Windows"/>.</summary>
    public long Of(int? project, int window) => project is { } code && code + 1 < counts.Length && counts[code + 1] is { } found ? found[window] : 0;

    // Apart, so that its code is compiled only where a session has more than one project.
    private void AddAll(Dictionary<(int Session, int Project), int> elsewhere, DateOnly today)
    {
        foreach (((_, int project), int day) in elsewhere)
        {
            Add(project, today.DayNumber - day);
        }
    }

    private void Add(int project, int age)
    {
        long[] own = counts[project + 1] ??= new long[AnalyticsCalculator.Windows.Count];
        for (int window = 0; window < own.Length; window++)
        {
            own[window] += age < AnalyticsCalculator.Windows[window].Days ? 1 : 0;
        }
    }
}
