using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiaiaiDashboard.Core.Sync;

/// <summary>Everything the steps of one run share: what they may read, and the results they leave for later steps and for the snapshot.</summary>
public sealed class SyncContext
{
    private readonly Dictionary<Type, object> results = [];
    private readonly Action<long, long, string>? report;
    private DateOnly? today;

    /// <summary>Creates the context of a run.</summary>
    /// <param name="report">Receives progress; null drops it.</param>
    public SyncContext(Action<long, long, string>? report = null) => this.report = report;

    /// <summary>The documents of the data directory.</summary>
    public required DocumentStore Store { get; init; }

    /// <summary>The data directory.</summary>
    public DataDirectory Directory => Store.Directory;

    /// <summary>Configuration as loaded when the run began.</summary>
    public required DashboardConfig Config { get; init; }

    /// <summary>Clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The one zone of days and months.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Today in <see cref="Zone"/>; the same from beginning to end of the run.</summary>
    public DateOnly Today => today ??= CalendarDay.Of(Time.GetUtcNow(), Zone);

    /// <summary>First day whose history is kept.</summary>
    public DateOnly KeepFrom => new DateOnly(Today.Year, Today.Month, 1).AddMonths(-Config.Sync.RetentionMonths);

    /// <summary>Turns directories into project ids.</summary>
    public required ProjectCatalogue Catalogue { get; init; }

    /// <summary>Log of the run.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;

    /// <summary>
    /// The indexed ledger. Set by the tokens step; before that the last known one, or null where none was ever loaded, in which
    /// case nothing may be computed from it.
    /// </summary>
    public UsageReadModel? Usage { get; set; }

    /// <summary>Facts of projects; set by the projects step, before that those of the last run.</summary>
    public ProjectScan? Projects { get; set; }

    /// <summary>Figures; set by the analytics step.</summary>
    public AnalyticsDocument? Analytics { get; set; }

    /// <summary>What the steps did, those of this run that have ended and before that of the last one.</summary>
    public IReadOnlyList<SyncStepStatus> Steps { get; set; } = [];

    /// <summary>The status before this run.</summary>
    public SyncStatus Before { get; init; } = new();

    /// <summary>Places that were searched, in order.</summary>
    public List<SearchedPlace> Searched { get; } = [];

    /// <summary>Files that could not be read or are not valid, found during this run. At most <see cref="MaxProblems"/> are shown.</summary>
    public List<FileProblem> Problems { get; } = [];

    /// <summary>Bound of the problems that reach the pages.</summary>
    public const int MaxProblems = 100;

    /// <summary>Reports progress of the step at work; cheap, may be called for every unit and from any thread.</summary>
    /// <param name="done">Units done.</param>
    /// <param name="total">Units in all; 0 when unknown.</param>
    /// <param name="unit">What the units are, in the plural.</param>
    public void Report(long done, long total, string unit) => report?.Invoke(done, total, unit);

    /// <summary>Leaves a result for later steps, one per type.</summary>
    public void Set<T>(T value) where T : class => results[typeof(T)] = value;

    /// <summary>The result of this type an earlier step left, or null.</summary>
    public T? Get<T>() where T : class => results.TryGetValue(typeof(T), out object? value) ? (T)value : null;
}

/// <summary>Calendar days of instants.</summary>
public static class CalendarDay
{
    /// <summary>The calendar day of <paramref name="instant"/> in <paramref name="zone"/>.</summary>
    public static DateOnly Of(DateTimeOffset instant, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>The first and the last instant of the calendar day of <paramref name="instant"/> in <paramref name="zone"/>.</summary>
    public static (DateTimeOffset First, DateTimeOffset Last) Bounds(DateTimeOffset instant, TimeZoneInfo zone)
    {
        DateOnly day = Of(instant, zone);
        return (Farthest(-1), Farthest(1));

        // In steps of an hour to the last one within the day, from there in steps of half of it, and so on.
        DateTimeOffset Farthest(int direction)
        {
            long within = instant.UtcTicks;
            for (long step = TimeSpan.TicksPerHour; step > 0; step /= 2)
            {
                while (IsOfDay(within + (direction * step)))
                {
                    within += direction * step;
                }
            }

            return new DateTimeOffset(within, TimeSpan.Zero);
        }

        bool IsOfDay(long ticks) => Of(new DateTimeOffset(ticks, TimeSpan.Zero), zone) == day;
    }
}
