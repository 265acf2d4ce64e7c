using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Components.Tests;

/// <summary>Snapshots whose figures add up: models = projects = days. Everything follows from the cost per project and day.</summary>
internal sealed class SampleSnapshot
{
    public static readonly DateOnly Today = new(2026, 11, 23);
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 14, 20, 7, TimeSpan.Zero);

    private static readonly decimal[] Week = [1.9m, 5.2m, 6.1m, 5.6m, 6.4m, 2.2m, 1.7m];
    private static readonly (string Model, decimal Share)[] Models =
        [("claude-opus-4-5-20251101", 0.46m), ("claude-sonnet-4-5-20250929", 0.44m), ("claude-haiku-4-5-20251001", 0.08m), ("claude-opus-4-1-20250805", 0.02m)];

    private readonly List<(ProjectSummary Project, decimal Share)> projects = [];

    public decimal? Budget { get; set; } = 200;

    /// <summary>Twelve projects in every state.</summary>
    public static SampleSnapshot Practice()
    {
        var sample = new SampleSnapshot();
        sample.Add("rag-evaluator", 0.247m, p => p with { Client = "Legal publisher", Progress = 41, Deadline = Today.AddDays(25), Coverage = 71.2m, Stack = ["Python", "pgvector"], LastCommit = Today }, limit: 35);
        sample.Add("ledger-migration", 0.191m, p => p with { Client = "Regional bank", Progress = 58, Deadline = Today.AddDays(-3), Coverage = 83.9m, Stack = [".NET", "SQL Server"], LastCommit = Today }, limit: 40);
        sample.Add("storefront-api", 0.154m, p => p with { Client = "Grocery retail", Progress = 72, Deadline = Today.AddDays(18), Coverage = 88.4m, Stack = [".NET", "Postgres"], LastCommit = Today, Description = "Backend for the web shop and the store pick-up app.", StartDate = new DateOnly(2026, 7, 6) }, limit: 40);
        sample.Add("support-copilot", 0.124m, p => p with { Client = "Telecom", Progress = 77, Deadline = Today.AddDays(11), Coverage = 79.6m, Stack = ["TypeScript", "Node"], LastCommit = Today.AddDays(-1) }, limit: 30);
        sample.Add("claims-triage", 0.094m, p => p with { Client = "Insurance", Progress = 86, Deadline = Today.AddDays(7), Stack = ["Python", "FastAPI"], LastCommit = Today.AddDays(-1) }, limit: 25);
        sample.Add("fleet-telemetry", 0.071m, p => p with { Client = "Freight", Progress = 34, Deadline = Today.AddDays(60), Coverage = 68.7m, Stack = ["Go", "ClickHouse"], LastCommit = Today.AddDays(-2) }, limit: 25);
        sample.Add("design-system", 0.051m, p => p with { Progress = 63, Coverage = 94.1m, Stack = ["TypeScript", "React"], LastCommit = Today.AddDays(-4) });
        sample.Add("mobile-onboarding", 0.027m, p => p with { Client = "Consumer app", Progress = 52, Deadline = Today.AddDays(30), Stack = ["Kotlin", "Swift"], LastCommit = Today.AddDays(-12) }, limit: 15);
        sample.Add("invoice-ocr", 0.015m, p => p with { Status = "paused", Client = "Accounting", Progress = 45, Coverage = 61.4m, Stack = ["Python"], LastCommit = Today.AddDays(-19) });
        sample.Add("pricing-engine", 0.012m, p => p with { Status = "completed", Client = "Grocery retail", Progress = 100, Deadline = Today.AddDays(-10), Coverage = 92.7m, LastCommit = Today.AddDays(-9) });
        sample.Add("data-catalog", 0.014m, p => p with { Status = "paused", Client = "Public sector", Progress = null, LastCommit = Today.AddDays(-26) });
        sample.Add("docs-site", 0m, p => p with { Status = "completed", Progress = 100, LastCommit = null, Reasons = ["The repository has no commits."] });
        return sample;
    }

    public SampleSnapshot Add(string id, decimal share, Func<ProjectSummary, ProjectSummary>? change = null, decimal? limit = null)
    {
        decimal month = Cost(share).TakeLast(Today.Day).Sum();
        var project = new ProjectSummary
        {
            Id = id,
            Name = id,
            MonthSpend = month,
            Limit = limit,
            LimitPercent = limit is { } value ? month / value * 100 : null,
            Last14Days = [.. Cost(share).TakeLast(14)],
            LastUsage = share > 0 ? Today : null,
            PathExists = true,
            Path = $"/home/dev/{id}",
        };
        project = change is null ? project : change(project);
        project = project with { Quality = project.Quality with { Coverage = project.Coverage, OpenIssues = project.OpenIssues } };
        project = project with { DaysToDeadline = project.Deadline?.DayNumber - Today.DayNumber };
        projects.Add((project, share));
        return this;
    }

    public DashboardSnapshot Build()
    {
        List<NamedCost> byProject(int days) => [.. projects.Where(p => p.Share > 0).Select(p => new NamedCost(p.Project.Id, Cost(p.Share).TakeLast(days).Sum(), 1_000_000, 100)).OrderByDescending(p => p.Cost)];
        decimal whole = projects.Sum(p => p.Share);
        ScopeFigures total = Scope(whole, Budget) with
        {
            DailyByProject = [.. projects.Where(p => p.Share > 0).Select(p => new DailySeries(p.Project.Id, Cost(p.Share)))],
        };
        total = total with { Windows = total.Windows.ToDictionary(w => w.Key, w => w.Value with { ByProject = byProject(w.Value.Days) }) };
        var alerts = new AlertsConfig { GlobalBudget = Budget };
        var analytics = new AnalyticsDocument
        {
            Date = Today,
            Total = total,
            Projects = projects.ToDictionary(p => p.Project.Id, p => Scope(p.Share, p.Project.Limit)),
            Colours = new ColourOrder(["claude-opus-5", "claude-sonnet-5"], [.. byProject(90).Take(ColourOrder.MaxNames).Select(p => p.Name)]),
            Months = [new MonthTotal("2026-10", 120.5m), new MonthTotal("2026-11", total.Month.Spend)],
        };
        return new DashboardSnapshot
        {
            IsLoaded = true,
            DataDirectory = "/home/dev/.local/share/aiaiai-dashboard",
            Today = Today,
            Alerts = alerts,
            ActiveAlerts = BudgetEvaluator.Evaluate(analytics, alerts, id => id),
            Projects = [.. projects.Select(p => p.Project).OrderByDescending(p => p.MonthSpend).ThenBy(p => p.Name, StringComparer.Ordinal)],
            Quality = new QualitySummary { AverageCoverage = 77.6m, MeasuredProjects = 9 },
            Analytics = analytics,
            Usage = new UsageReadModel(projects.SelectMany(p => Rows(p.Project.Id, p.Share)), Today),
            Status = new SyncStatus
            {
                LastSync = Now.AddMinutes(-2),
                Status = SyncOutcome.Success,
                DurationMs = 2_400,
                Steps = [new SyncStepStatus { Name = "tokens", Status = SyncOutcome.Success, DurationMs = 1_900, Items = 4_218 }, new SyncStepStatus { Name = "projects", Status = SyncOutcome.Success, DurationMs = 500, Items = 12 }],
            },
        };
    }

    private static ScopeFigures Scope(decimal share, decimal? budget)
    {
        decimal[] daily = Cost(share);
        decimal month = daily.TakeLast(Today.Day).Sum();
        return new ScopeFigures
        {
            Month = new MonthFigures
            {
                Month = "2026-11",
                Spend = month,
                Budget = budget,
                Percent = budget is { } limit ? month / limit * 100 : null,
                Remaining = budget - month,
                Day = Today.Day,
                DaysInMonth = 30,
            },
            Exhaustion = budget is null ? new Exhaustion() : new Exhaustion { State = "projected", Date = new DateOnly(2026, 11, 27), InsideMonth = true },
            Windows = new[] { 7, 30, 90 }.ToDictionary(days => $"{days}d", days => Window(daily, days)),
            Daily = daily,
            DailyByModel = share == 0 ? [] : [.. Models.Select(m => new DailySeries(m.Model, [.. daily.Select(c => c * m.Share)]))],
            FirstDay = Today.AddDays(-89),
        };
    }

    private static WindowFigures Window(decimal[] daily, int days)
    {
        decimal cost = daily.TakeLast(days).Sum();
        return new WindowFigures
        {
            From = Today.AddDays(1 - days),
            To = Today,
            Days = days,
            Cost = cost,
            BurnRate = cost / days,
            PreviousCost = days * 2 <= daily.Length ? daily.SkipLast(days).TakeLast(days).Sum() : null,
            Calls = 4_218,
            Sessions = 210,
            TokensIn = 3_000_000,
            TokensOut = 3_300_000,
            CacheWrite = 10_600_000,
            CacheRead = 165_300_000,
            ByModel = cost == 0 ? [] : [.. Models.Select(m => new NamedCost(m.Model, cost * m.Share, (long)(182_200_000 * m.Share), (long)(4_218 * m.Share)))],
        };
    }

    private static IEnumerable<UsageRow> Rows(string project, decimal share) =>
        from day in Enumerable.Range(0, 90)
        let cost = Cost(share)[day]
        where cost > 0
        from model in Models
        let date = Today.AddDays(day - 89)
        select new UsageRow
        {
            Date = date,
            Project = project,
            Session = $"{project}-{day / 3}",
            Model = model.Model,
            Source = UsageSource.ClaudeCode,
            Cost = cost * model.Share,
            Calls = 12,
            TokensIn = 4_200,
            TokensOut = 9_100,
            CacheWrite = 30_000,
            CacheRead = 410_000,
            FirstAt = new DateTimeOffset(date, new TimeOnly(9, 12), TimeSpan.Zero),
            LastAt = new DateTimeOffset(date, new TimeOnly(9, 50), TimeSpan.Zero),
        };

    // A week's pattern, three times as much in the second last week, so that charts have something to show.
    private static decimal[] Cost(decimal share) =>
        [.. Enumerable.Range(0, 90).Select(day => share * Week[day % 7] * (day is >= 82 and < 87 ? 2.6m : 1) * 1.36m)];
}
