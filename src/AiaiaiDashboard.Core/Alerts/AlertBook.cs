using System.Globalization;

namespace AiaiaiDashboard.Core.Alerts;

/// <summary>
/// The transitions of <see cref="AlertState"/>. All pure: a state and a fact give the next state, and doing the same twice changes nothing the second time.
/// </summary>
public static class AlertBook
{
    /// <summary>Key of the notification of "Send test", which is no alert.</summary>
    public const string TestKey = "test";

    /// <summary>How long the timeline looks back.</summary>
    public const int LogDays = 90;

    /// <summary>Takes in what is true now.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="alerts">What the facts say is true.</param>
    /// <param name="stays">Where facts are damaged: whether an alert that was true this month stays so. Null where they are sound.</param>
    /// <param name="today">Today in the configured zone: decides the month.</param>
    /// <param name="now">Now.</param>
    /// <returns>The new state; its log has grown by what changed.</returns>
    public static AlertState Observe(AlertState state, IReadOnlyList<ActiveAlert> alerts, Func<ActiveAlert, bool>? stays, DateOnly today, DateTimeOffset now)
    {
        string month = MonthOf(today);
        AlertState next = state.Month == month ? state : NewMonth(state, month);
        Dictionary<string, AlertCondition> before = next.Conditions.ToDictionary(c => c.Key, StringComparer.Ordinal);
        var conditions = new List<AlertCondition>();
        var log = new List<AlertEvent>();
        var fired = new List<string>();
        foreach (ActiveAlert alert in WithLastKnown(next, alerts, stays, today))
        {
            AlertCondition condition = Continue(before.GetValueOrDefault(alert.Key), alert, now);
            conditions.Add(condition);
            if (before.GetValueOrDefault(alert.Key) is not { } known || known.Period != condition.Period)
            {
                log.Add(EventOf(condition, AlertEventKind.Fired, now));
            }

            // The month began anew while it stayed true, as a source may: it counts there too.
            if (!next.FiredAlerts.Contains(alert.Key))
            {
                fired.Add(alert.Key);
            }
        }

        HashSet<(string, string)> still = [.. conditions.Select(c => (c.Key, c.Period))];
        log.AddRange(next.Conditions.Where(c => !still.Contains((c.Key, c.Period))).Select(c => EventOf(c, AlertEventKind.Resolved, now)));
        return Bounded(next with
        {
            Conditions = SameOr(next.Conditions, [.. conditions.OrderBy(c => c.Key, StringComparer.Ordinal)]),
            FiredAlerts = fired.Count == 0 ? next.FiredAlerts : [.. next.FiredAlerts, .. fired],
            Log = log.Count == 0 ? next.Log : [.. next.Log, .. log],
        }, now);
    }

    /// <summary>The alerts as people see them: with last known ones where facts are damaged, and what was done about each. The worst first.</summary>
    public static IReadOnlyList<ActiveAlert> Show(AlertState state, IReadOnlyList<ActiveAlert> alerts, Func<ActiveAlert, bool>? stays, DateOnly today, DateTimeOffset now)
    {
        Dictionary<string, AlertCondition> known = state.Conditions.ToDictionary(c => c.Key, StringComparer.Ordinal);
        return AlertEvaluator.Order(WithLastKnown(state, alerts, stays, today).Select(alert =>
        {
            AlertCondition condition = Continue(known.GetValueOrDefault(alert.Key), alert, now);
            (string phase, DateTimeOffset? until) = PhaseOf(state, condition, now);
            return condition.Alert with { State = phase, SnoozedUntil = until, FiredAt = known.ContainsKey(alert.Key) ? condition.At : null };
        }));
    }

    /// <summary>Marks alerts as seen, and with each the lower thresholds of the same amount; keys that are not true are passed over.</summary>
    public static AlertState Acknowledge(AlertState state, IReadOnlyCollection<string> keys, DateTimeOffset now) => Mark(
        state, keys, AlertEventKind.Acknowledged, now, null, (s, marks) => s with { Acknowledgements = Add(s.Acknowledgements, marks) });

    /// <summary>Keeps an alert, and with it the lower thresholds of the same amount, quiet until an instant.</summary>
    public static AlertState Snooze(AlertState state, string key, DateTimeOffset until, DateTimeOffset now) => Mark(
        state, [key], AlertEventKind.Snoozed, until, now, (s, marks) => s with { Snoozes = Add(s.Snoozes, marks) });

    /// <summary>Keeps an alert, and with it the lower thresholds of the same amount, quiet for this month.</summary>
    public static AlertState Dismiss(AlertState state, string key, DateTimeOffset now) => Mark(
        state, [key], AlertEventKind.Dismissed, now, null, (s, marks) => s with { Dismissals = Add(s.Dismissals, marks) });

    /// <summary>Takes back whatever was done about an alert.</summary>
    public static AlertState Wake(AlertState state, string key, DateTimeOffset now)
    {
        if (state.Conditions.FirstOrDefault(c => c.Key == key) is not { } chosen)
        {
            return state;
        }

        IEnumerable<AlertMark> marks = [.. state.Acknowledgements, .. state.Snoozes, .. state.Dismissals];
        AlertCondition[] woken = [.. state.Conditions.Where(c => AlertFamily.Covers(chosen.Alert, c.Alert) && marks.Any(m => m.Key == c.Key))];
        if (woken.Length == 0)
        {
            return state;
        }

        HashSet<string> keys = [.. woken.Select(c => c.Key)];

        return Bounded(state with
        {
            Acknowledgements = [.. state.Acknowledgements.Where(m => !keys.Contains(m.Key))],
            Snoozes = [.. state.Snoozes.Where(m => !keys.Contains(m.Key))],
            Dismissals = [.. state.Dismissals.Where(m => !keys.Contains(m.Key))],
            Log = [.. state.Log, .. woken.Select(c => EventOf(c, AlertEventKind.Woken, now))],
        }, now);
    }

    /// <summary>Remembers that a channel was told.</summary>
    public static AlertState Told(AlertState state, string channel, AlertCondition condition, DateTimeOffset now) =>
        WasTold(state, channel, condition.Key, condition.Period)
            ? state
            : Bounded(state with
            {
                Notified = [.. state.Notified, new AlertNotice(channel, condition.Key, condition.Period, now)],
                Log = [.. state.Log, EventOf(condition, AlertEventKind.Sent, now) with { Channel = channel }],
            }, now);

    /// <summary>Whether a channel was told of a key in a period.</summary>
    public static bool WasTold(AlertState state, string channel, string key, string period) =>
        state.Notified.Any(n => n.Channel == channel && n.Key == key && n.Period == period);

    /// <summary>What still asks for attention, and therefore for notification.</summary>
    public static IEnumerable<AlertCondition> Open(AlertState state, DateTimeOffset now) =>
        state.Conditions.Where(c => PhaseOf(state, c, now).Phase == AlertPhase.Active);

    /// <summary>The first instant after <paramref name="now"/> at which a snooze ends; null when none does.</summary>
    public static DateTimeOffset? NextWake(AlertState state, DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        foreach (AlertMark snooze in state.Snoozes)
        {
            if (snooze.At > now && (next is null || snooze.At < next))
            {
                next = snooze.At;
            }
        }

        return next;
    }

    /// <summary>The state that a journal tells of, where the document is lost or damaged.</summary>
    /// <param name="journal">All events, oldest first.</param>
    /// <param name="today">Today in the configured zone.</param>
    /// <param name="now">Now.</param>
    public static AlertState Rebuild(IEnumerable<AlertEvent> journal, DateOnly today, DateTimeOffset now)
    {
        var state = new AlertState { Month = MonthOf(today) };
        foreach (AlertEvent e in journal.Where(e => e.Key != TestKey))
        {
            state = Replay(state, e);
        }

        return Bounded(Pruned(state, state.Month), now);
    }

    private static AlertState Replay(AlertState state, AlertEvent e)
    {
        AlertMark[] mark = [new AlertMark(e.Key, MonthText(e.Period), e.Until ?? e.At)];
        state = e.Kind == AlertEventKind.Failed ? state : state with { Log = [.. state.Log, e] };
        return e.Kind switch
        {
            AlertEventKind.Fired => state with
            {
                Conditions = [.. state.Conditions.Where(c => c.Key != e.Key), new AlertCondition(e.Period, e.At, AlertOf(e))],
                FiredAlerts = MonthText(e.Period) == state.Month && !state.FiredAlerts.Contains(e.Key) ? [.. state.FiredAlerts, e.Key] : state.FiredAlerts,
            },
            AlertEventKind.Resolved => state with { Conditions = [.. state.Conditions.Where(c => c.Key != e.Key)] },
            AlertEventKind.Sent when e.Channel is { } channel && !WasTold(state, channel, e.Key, e.Period) =>
                state with { Notified = [.. state.Notified, new AlertNotice(channel, e.Key, e.Period, e.At)] },
            AlertEventKind.Acknowledged => state with { Acknowledgements = Add(state.Acknowledgements, mark) },
            AlertEventKind.Snoozed => state with { Snoozes = Add(state.Snoozes, mark) },
            AlertEventKind.Dismissed => state with { Dismissals = Add(state.Dismissals, mark) },
            AlertEventKind.Woken => state with
            {
                Acknowledgements = [.. state.Acknowledgements.Where(m => m.Key != e.Key)],
                Snoozes = [.. state.Snoozes.Where(m => m.Key != e.Key)],
                Dismissals = [.. state.Dismissals.Where(m => m.Key != e.Key)],
            },
            _ => state,
        };
    }

    private static ActiveAlert AlertOf(AlertEvent e) => new()
    {
        Key = e.Key,
        Type = e.Key.StartsWith("source-", StringComparison.Ordinal) ? AlertType.Source : e.Key.Split('-')[0],
        Level = e.Level ?? AlertLevel.Warning,
        Message = e.Message ?? e.Key,
        Title = e.Title ?? e.Key,
        Project = e.Project,
        Since = IsoDay.TryParse(e.Period + "-01", out DateOnly month)
            ? month : DateOnly.FromDateTime(e.At.UtcDateTime),
    };

    private static IEnumerable<ActiveAlert> WithLastKnown(AlertState state, IReadOnlyList<ActiveAlert> alerts, Func<ActiveAlert, bool>? stays, DateOnly today)
    {
        if (stays is null)
        {
            return alerts;
        }

        HashSet<string> keys = [.. alerts.Select(a => a.Key)];
        string month = MonthOf(today);
        return alerts.Concat(state.Conditions.Where(c => c.Alert.Type != AlertType.Source && c.Period == month && !keys.Contains(c.Key) && stays(c.Alert)).Select(c => c.Alert));
    }

    // Identity and beginning stay while it stays true; a figure may change. An outage lasts as long as it is true, a threshold at most its month.
    private static AlertCondition Continue(AlertCondition? known, ActiveAlert alert, DateTimeOffset now)
    {
        string period = alert.Type == AlertType.Source
            ? known?.Period ?? now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
            : alert.Month;
        bool same = known is not null && known.Period == period;
        bool datedByUs = alert.Type is AlertType.Source or AlertType.Forecast;
        return new AlertCondition(period, same ? known!.At : now, same && datedByUs ? alert with { Since = known!.Alert.Since } : alert);
    }

    private static (string Phase, DateTimeOffset? Until) PhaseOf(AlertState state, AlertCondition condition, DateTimeOffset now)
    {
        string month = state.Month;
        if (state.Dismissals.Any(m => m.Key == condition.Key && IsOf(m, condition, month)))
        {
            return (AlertPhase.Dismissed, null);
        }

        if (state.Snoozes.FirstOrDefault(m => m.Key == condition.Key && m.At > now) is { } snooze && IsOf(snooze, condition, month))
        {
            return (AlertPhase.Snoozed, snooze.At);
        }

        // Seen in an earlier occurrence is not seen in this one.
        return state.Acknowledgements.Any(m => m.Key == condition.Key && IsOf(m, condition, month) && m.At >= condition.At)
            ? (AlertPhase.Acknowledged, null)
            : (AlertPhase.Active, null);
    }

    private static bool IsOf(AlertMark mark, AlertCondition condition, string month) =>
        condition.Alert.Type == AlertType.Source ? mark.Month == month : mark.Month == condition.Period;

    private static AlertState Mark(
        AlertState state, IReadOnlyCollection<string> keys, string kind, DateTimeOffset at, DateTimeOffset? now, Func<AlertState, AlertMark[], AlertState> add)
    {
        AlertCondition[] chosen = [.. state.Conditions.Where(c => keys.Contains(c.Key))];
        AlertCondition[] conditions = [.. state.Conditions.Where(c => chosen.Any(k => AlertFamily.Covers(k.Alert, c.Alert)))];
        if (conditions.Length == 0)
        {
            return state;
        }

        AlertMark[] marks = [.. conditions.Select(c => new AlertMark(c.Key, c.Alert.Type == AlertType.Source ? state.Month : c.Period, at))];
        AlertState marked = add(state, marks);
        return Bounded(marked with
        {
            Log = [.. marked.Log, .. conditions.Select(c => EventOf(c, kind, now ?? at) with { Until = now is null ? null : at })],
        }, now ?? at);
    }

    private static AlertMark[] Add(IReadOnlyList<AlertMark> marks, AlertMark[] added) =>
        [.. marks.Where(m => !added.Any(a => a.Key == m.Key)).Concat(added).TakeLast(AlertState.MaxMarks)];

    private static AlertState NewMonth(AlertState state, string month) => Pruned(state with { Month = month, FiredAlerts = [] }, month);

    // What was sent is kept for the month before too: a spike of its last day is still true on the first.
    private static AlertState Pruned(AlertState state, string month)
    {
        string earlier = DateOnly.ParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture).AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        HashSet<string> outages = [.. state.Conditions.Select(c => c.Period)];
        return state with
        {
            Acknowledgements = [.. state.Acknowledgements.Where(IsKept)],
            Snoozes = [.. state.Snoozes.Where(IsKept)],
            Dismissals = [.. state.Dismissals.Where(IsKept)],
            Notified = [.. state.Notified.Where(n => outages.Contains(n.Period) || string.CompareOrdinal(MonthText(n.Period), earlier) >= 0)],
        };

        bool IsKept(AlertMark mark) => string.CompareOrdinal(mark.Month, earlier) >= 0;
    }

    private static AlertState Bounded(AlertState state, DateTimeOffset now)
    {
        DateTimeOffset first = now.AddDays(-LogDays);
        return state.Log.Count <= AlertState.MaxLog && (state.Log.Count == 0 || state.Log[0].At >= first)
            ? state
            : state with { Log = [.. state.Log.Where(e => e.At >= first).TakeLast(AlertState.MaxLog)] };
    }

    private static IReadOnlyList<AlertCondition> SameOr(IReadOnlyList<AlertCondition> before, AlertCondition[] after) => before.SequenceEqual(after) ? before : after;

    private static AlertEvent EventOf(AlertCondition condition, string kind, DateTimeOffset at) => new(at, kind, condition.Key, condition.Period)
    {
        Level = condition.Alert.Level,
        Title = condition.Alert.Title,
        Message = condition.Alert.Message,
        Project = condition.Alert.Project,
    };

    private static string MonthOf(DateOnly day) => IsoDay.Month(day);

    private static string MonthText(string period) => period.Length >= 7 ? period[..7] : period;
}
