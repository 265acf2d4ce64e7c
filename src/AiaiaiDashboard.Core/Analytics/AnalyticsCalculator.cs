using System.Globalization;
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
    public static readonly IReadOnlyList<(string Key, int Days)> Windows = [("7d", 7), ("30d", 30), ("90d", 90)];

    /// <summary>Days of the daily series: the longest window.</summary>
    public const int DailyDays = 90;

    /// <summary>Computes the document.</summary>
    /// <param name="usage">The ledger.</param>
    /// <param name="alerts">Budget and limits, by project id.</param>
    /// <param name="today">Today in <paramref name="zone"/>.</param>
    /// <param name="zone">The zone of days and months; only its name is used.</param>
    /// <param name="projectIds">Projects that get figures even without usage.</param>
    public static AnalyticsDocument Compute(
        UsageReadModel usage, AlertsConfig alerts, DateOnly today, TimeZoneInfo zone, IReadOnlyCollection<string> projectIds)
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

        var months = new List<(int Month, decimal Cost)>();
        var unpriced = new Dictionary<int, (long Calls, long Tokens)>();
        var models = new ColourSums(columns.Models.Count);
        var owners = new ColourSums(columns.Projects.Count);
        var monthStart = new DateOnly(today.Year, today.Month, 1);
        foreach (UsageDay day in model.Days)
        {
            AddMonth(months, day);
            total.Begin(day);
            bool isRecent = total.IsRecent;
            bool isEarlier = day.Date < monthStart;
            foreach (ref readonly UsageCell cell in day.Cells.AsSpan())
            {
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
                    (long calls, long tokens) = unpriced.GetValueOrDefault(cell.Model);
                    unpriced[cell.Model] = (calls + cell.UnpricedCalls, tokens + cell.UnpricedTokens);
                }
            }
        }

        SessionCounts sessionCounts = SessionCounts.Of(model, today);
        var projects = new SortedDictionary<string, ScopeFigures>(StringComparer.Ordinal);
        foreach (string id in projectIds)
        {
            projects[id] = new ScopeSums(today).ToFigures(Budgets.Limit(alerts, id), columns, sessionCounts, project: null);
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
                model.Memo.Keep(code, budget, projects[id] = scope.ToFigures(budget, columns, sessionCounts, code));
            }
        }

        ScopeFigures all = total.ToFigures(Budgets.Global(alerts), columns, sessionCounts, SessionCounts.All);
        WindowFigures longest = all.Windows[Windows[^1].Key];
        return new AnalyticsDocument
        {
            Date = today,
            TimeZone = IanaName(zone),
            Total = all,
            Projects = projects,
            Months = [.. months.Select(m => new MonthTotal(MonthText(m.Month), Money.Plain(m.Cost)))],
            Colours = new ColourOrder(models.Order(columns.Models, longest.ByModel), owners.Order(columns.Projects, longest.ByProject)),
            Unpriced = [.. unpriced
                .Select(u => new UnpricedModel(columns.Models[u.Key], u.Value.Calls, u.Value.Tokens))
                .OrderByDescending(u => u.Tokens).ThenBy(u => u.Model, StringComparer.Ordinal)],
        };
    }

    // Days come by date, so a month's days stand together.
    private static void AddMonth(List<(int Month, decimal Cost)> months, UsageDay day)
    {
        int month = (day.Date.Year * 12) + day.Date.Month - 1;
        if (months.Count > 0 && months[^1].Month == month)
        {
            months[^1] = (month, months[^1].Cost + day.Cost);
        }
        else
        {
            months.Add((month, day.Cost));
        }
    }

    private static string MonthText(int month) => new DateOnly(month / 12, (month % 12) + 1, 1).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static string IanaName(TimeZoneInfo zone) =>
        !zone.HasIanaId && TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out string? iana) ? iana : zone.Id;
}
