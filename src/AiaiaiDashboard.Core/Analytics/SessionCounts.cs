using System.Runtime.InteropServices;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>Distinct sessions of the fixed windows, for all projects together and for each.</summary>
internal sealed class SessionCounts
{
    /// <summary>Stands for all projects together.</summary>
    public const int All = -1;

    private readonly Dictionary<int, long[]> byProject = [];

    private SessionCounts()
    {
    }

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
        var elsewhere = new Dictionary<(int Session, int Project), int>();
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
                elsewhere[(session, project)] = day;
            }
        }

        var counts = new SessionCounts();
        for (int session = 0; session < last.Length; session++)
        {
            if (last[session] > 0)
            {
                counts.Add(All, today.DayNumber - last[session]);
                counts.Add(owner[session], today.DayNumber - lastOfOwner[session]);
            }
        }

        foreach (((_, int project), int day) in elsewhere)
        {
            counts.Add(project, today.DayNumber - day);
        }

        return counts;
    }

    /// <summary>Sessions of a window, by its position in <see cref="AnalyticsCalculator.Windows"/>.</summary>
    public long Of(int? project, int window) => project is { } code && byProject.TryGetValue(code, out long[]? counts) ? counts[window] : 0;

    private void Add(int project, int age)
    {
        ref long[]? counts = ref CollectionsMarshal.GetValueRefOrAddDefault(byProject, project, out _);
        counts ??= new long[AnalyticsCalculator.Windows.Count];
        for (int window = 0; window < counts.Length; window++)
        {
            counts[window] += age < AnalyticsCalculator.Windows[window].Days ? 1 : 0;
        }
    }
}
