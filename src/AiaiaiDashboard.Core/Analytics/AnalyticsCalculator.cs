using System.Globalization;
using AiaiaiDashboard.Core.Analytics.Forecasting;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>
/// Computes the figures of cards, charts and alerts (CONTRACT.md §5) in one pass over the days of the ledger. The same input gives the same
/// document, whatever the time of day and the order of rows.
/// </summary>
public static class AnalyticsCalculator
{
    /// <summary>Keys and lengths in days of the fixed windows, shortest first.</summary>
    public static readonly IReadOnlyList<FixedWindow> Windows = [new("7d", 7), new("30d", 30), new("90d", 90)];

    /// <summary>Days of the daily series: the longest window.</summary>
    public const int DailyDays = 90;

    /// <summary>Computes the document.</summary>
    /// <param name="usage">The ledger.</param>
    /// <param name="alerts">Budget and limits, by project id.</param>
    /// <param name="today">Today in <paramref name="zone"/>.</param>
    /// <param name="zone">The zone of days and months; only its name is used.</param>
    /// <param name="projectIds">Projects that get figures even without usage.</param>
    /// <param name="widths">What forecasts were measured to before; null to measure it. The figures are the same.</param>
    public static AnalyticsDocument Compute(
        UsageReadModel usage, AlertsConfig alerts, DateOnly today, TimeZoneInfo zone, IReadOnlyCollection<string> projectIds, ForecastWidths? widths = null)
    {
        UsageReadModel model = usage.AsOf(today);
        UsageColumns columns = model.Columns;
        var total = new ScopeSums(today);
        var scopes = new ScopeSums?[columns.Projects.Count];
        var known = new ScopeFigures?[scopes.Length];
        for (int code = 0; code < known.Length; code++)
        {
            known[code] = model.Memo.Find(code, Budgets.Limit(alerts, columns.Projects[code]));
        }

        var months = new List<MonthTotal>();
        UnpricedSum?[] unpriced = new UnpricedSum?[columns.Models.Count];
        var models = new ColourSums(columns.Models.Count);
        var owners = new ColourSums(columns.Projects.Count);
        var monthStart = new DateOnly(today.Year, today.Month, 1);
        foreach (UsageDay day in model.Days)
        {
            AddMonth(months, day);
            total.Begin(day);
            bool isRecent = total.IsRecent;
            bool isEarlier = day.Date < monthStart;
            for (int at = 0; at < day.Cells.Length; at++)
            {
                ref readonly UsageCell cell = ref day.Cells[at];
                models.Add(cell.Model, cell.Cost, isEarlier);
                owners.Add(cell.Project, cell.Cost, isEarlier);
                if (isRecent)
                {
                    total.Add(cell, splitByProject: true);
                }

                if (known[cell.Project] is null)
                {
                    ScopeSums scope = scopes[cell.Project] ??= new ScopeSums(today);
                    scope.Begin(day);
                    if (isRecent)
                    {
                        scope.Add(cell, splitByProject: false);
                    }
                }

                if (cell.UnpricedCalls > 0 || cell.UnpricedTokens > 0)
                {
                    UnpricedSum sum = unpriced[cell.Model] ??= new UnpricedSum();
                    sum.Calls += cell.UnpricedCalls;
                    sum.Tokens += cell.UnpricedTokens;
                }
            }
        }

        SessionCounts sessionCounts = SessionCounts.Of(model, today);
        var projects = new Dictionary<string, ScopeFigures>(StringComparer.Ordinal);
        foreach (string id in projectIds)
        {
            projects[id] = new ScopeSums(today).ToFigures(Budgets.Limit(alerts, id), columns, sessionCounts, project: null, widths);
        }

        for (int code = 0; code < scopes.Length; code++)
        {
            string id = columns.Projects[code];
            if (known[code] is { } figures)
            {
                projects[id] = figures;
            }
            else if (scopes[code] is { } scope)
            {
                // A project whose rows were all replaced has a number and no days, and does not get here.
                decimal? budget = Budgets.Limit(alerts, id);
                model.Memo.Keep(code, budget, projects[id] = scope.ToFigures(budget, columns, sessionCounts, code, widths));
            }
        }

        ScopeFigures all = total.ToFigures(Budgets.Global(alerts), columns, sessionCounts, SessionCounts.All, widths);
        WindowFigures longest = all.Windows[Windows[^1].Key];
        return new AnalyticsDocument
        {
            Date = today,
            TimeZone = IanaName(zone),
            Total = all,
            Projects = Sorted(projects),
            Months = [.. months.Select(m => m with { Cost = Money.Plain(m.Cost) })],
            Colours = new ColourOrder(models.Order(columns.Models, longest.ByModel), owners.Order(columns.Projects, longest.ByProject)),
            Unpriced = Models(unpriced, columns.Models),
        };
    }

    private static Dictionary<string, ScopeFigures> Sorted(Dictionary<string, ScopeFigures> figures)
    {
        string[] ids = [.. figures.Keys];
        Array.Sort(ids, string.CompareOrdinal);
        var sorted = new Dictionary<string, ScopeFigures>(ids.Length, StringComparer.Ordinal);
        foreach (string id in ids)
        {
            sorted.Add(id, figures[id]);
        }

        return sorted;
    }

    private static List<UnpricedModel> Models(UnpricedSum?[] sums, NameTable names)
    {
        var models = new List<UnpricedModel>();
        for (int code = 0; code < sums.Length; code++)
        {
            if (sums[code] is { } sum)
            {
                models.Add(new UnpricedModel(names[code], sum.Calls, sum.Tokens));
            }
        }

        models.Sort(static (a, b) => a.Tokens != b.Tokens ? b.Tokens.CompareTo(a.Tokens) : string.CompareOrdinal(a.Model, b.Model));
        return models;
    }

    // Days come by date, so a month's days stand together.
    private static void AddMonth(List<MonthTotal> months, UsageDay day)
    {
        string month = IsoDay.Month(day.Date);
        if (months.Count > 0 && months[^1].Month == month)
        {
            months[^1] = new MonthTotal(month, months[^1].Cost + day.Cost);
        }
        else
        {
            months.Add(new MonthTotal(month, day.Cost));
        }
    }

    private static string IanaName(TimeZoneInfo zone) =>
        // Only Windows has other names; to ask elsewhere loads tables of names.
        OperatingSystem.IsWindows() && !zone.HasIanaId && TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out string? iana) ? iana : zone.Id;

    private sealed class UnpricedSum
    {
        public long Calls;
        public long Tokens;
    }
}

/// <summary>A window of fixed length that ends today.</summary>
/// <param name="Key">Its name in the document.</param>
/// <param name="Days">Its length.</param>
public sealed record FixedWindow(string Key, int Days);
