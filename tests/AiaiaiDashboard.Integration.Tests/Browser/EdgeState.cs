using System.Globalization;
using System.Text.Json;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>
/// A data directory at the edge of what there can be: nothing at all, a single day, forty models, amounts that hardly fit. The same in every run, as its clock is its own.
/// </summary>
/// <param name="Name">Its name, fit for a file.</param>
/// <param name="Project">The project whose page shows it; null where there is none.</param>
/// <param name="Range">The range of days that shows it best, as the pages' addresses write it.</param>
internal sealed record EdgeState(string Name, string? Project, string Range)
{
    private static readonly string[] Models = ["claude-opus-4-5", "claude-sonnet-4-5", "claude-haiku-4-5"];
    private static readonly DateOnly Friday = new(2026, 11, 20);
    private static readonly string LongName = "the-agreement-management-platform-for-the-northern-regional-hospitals-association-" + new string('x', 90);

    private readonly List<UsageRow> rows = [];
    private readonly List<object> projects = [];
    private decimal? budget = 200;

    /// <summary>All of them, by name.</summary>
    public static readonly IReadOnlyDictionary<string, EdgeState> All = Make().ToDictionary(state => state.Name);

    /// <summary>What its clock shows at the beginning.</summary>
    public DateTimeOffset Now { get; private init; } = new(2026, 11, 20, 14, 30, 0, TimeSpan.Zero);

    private DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    /// <summary>Writes the directory. No source is read: what there is stands in the ledger.</summary>
    public void Write(DataDirectory data)
    {
        Put(DataFiles.Sources, """{"projects":{"discoverFromUsage":false},"claudeCode":{"enabled":false}}""");
        Put(DataFiles.Sync, """{"timeZone":"UTC","cron":"0 0 1 1 *","missedRuns":"skip","watch":false}""");
        Put(DataFiles.Alerts, JsonSerializer.Serialize(new { globalBudget = budget }));
        if (projects.Count > 0)
        {
            Put(DataFiles.Projects, JsonSerializer.Serialize(projects));
        }

        if (rows.Count > 0)
        {
            UsageLedger.Load(data, repair: true).Apply(rows);
        }

        void Put(string name, string content)
        {
            string path = data.PathOf(name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, content);
        }
    }

    private static IEnumerable<EdgeState> Make()
    {
        yield return new EdgeState("nothing", null, "");
        yield return new EdgeState("one-day", "alpha", "").With("alpha").Days("alpha", 1, 4.2m);
        yield return new EdgeState("one-project", "alpha", "").With("alpha").Days("alpha", 60, 4.2m);
        yield return (new EdgeState("first-of-month", "alpha", "") { Now = new DateTimeOffset(2026, 11, 1, 9, 5, 0, TimeSpan.Zero) })
            .With("alpha").With("beta").Days("alpha", 62, 4.2m).Days("beta", 62, 1.1m);
        yield return new EdgeState("exceeded", "alpha", "").With("alpha").With("beta").Days("alpha", 90, 31m).Days("beta", 90, 2m);
        yield return new EdgeState("budget-0", "alpha", "").With("alpha").With("beta").Budget(0).Days("alpha", 90, 4.2m).Days("beta", 90, 1m);
        yield return new EdgeState("future", "alpha", "").With("alpha").With("beta").Days("alpha", 20, 4.2m).Days("alpha", 30, 900m, Friday.AddDays(30)).Days("beta", 5, 700m, Friday.AddDays(40));
        yield return Enumerable.Range(1, 40).Aggregate(
            new EdgeState("forty-models", "alpha", "?range=90d").With("alpha").With("beta"),
            (state, model) => state.Days(model % 3 == 0 ? "beta" : "alpha", 60, 3m / model, model: $"claude-experiment-{model:00}-20260{(model % 9) + 1}01"));
        yield return Enumerable.Range(1, 12).Aggregate(
            new EdgeState("year", "project-01", "?from=2025-11-21&to=2026-11-20"),
            (state, project) => state.With($"project-{project:00}").Days($"project-{project:00}", 365, 6m / project));
        yield return Enumerable.Range(1, 500).Aggregate(
            new EdgeState("many", "project-001", ""),
            (state, project) => state.With($"project-{project:000}").Days($"project-{project:000}", project % 3 == 0 ? 0 : 5, 6m / project));
        yield return new EdgeState("ten-thousand-day", "alpha", "").With("alpha").With("beta").Days("alpha", 60, 4.2m).Days("beta", 60, 1m).Days("alpha", 1, 10_000m, Friday.AddDays(-6));
        yield return new EdgeState("million", "alpha", "").With("alpha").With("beta").Budget(1_500_000).Days("alpha", 19, 0.12m).Spend("alpha", Friday.AddDays(-3), 1_234_565.01m, Models[0], 14).Days("beta", 1, 0.09m);
        yield return new EdgeState("long-names", LongName, "").With(LongName, $"The agreement management platform of the northern regional hospitals association {new string('W', 60)}", new string('C', 120))
            .With("b").With("c", "中文项目名称很长的一个项目用来测试布局是否会被破坏掉", "客户").Days(LongName, 40, 4.2m, model: "anthropic.claude-opus-experimental-with-an-unusually-long-name-" + new string('y', 80)).Days("b", 40, 1m).Days("c", 40, 2m);
    }

    private EdgeState With(string id, string? name = null, string client = "Northwind")
    {
        projects.Add(new
        {
            id,
            name = name ?? id,
            client,
            status = "active",
            progress = 40,
            deadline = Today.AddDays(20).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            stack = (string[])["C#", "TypeScript"],
        });
        return this;
    }

    private EdgeState Budget(decimal? usd)
    {
        budget = usd;
        return this;
    }

    // A pattern of weeks, with the same sum in every run; every ninth day nothing happens.
    private EdgeState Days(string project, int days, decimal usd, DateOnly? last = null, string? model = null)
    {
        for (int back = 0; back < days; back++)
        {
            DateOnly day = (last ?? Today).AddDays(-back);
            if (days > 1 && day.DayNumber % 9 == 4)
            {
                continue;
            }

            decimal part = days == 1 ? 1 : day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.3m : 0.8m + (day.DayNumber % 5 * 0.15m);
            Spend(project, day, usd * part, model ?? Models[day.DayNumber % Models.Length], 8 + (day.DayNumber % 10));
        }

        return this;
    }

    // The amount is fixed, so that no price list moves it; tokens stand for what it may have bought.
    private EdgeState Spend(string project, DateOnly day, decimal usd, string model, int hour)
    {
        long scale = (long)Math.Min(usd * 1_000, 100_000_000) + 1;
        var counters = new UsagePart { Calls = 1 + (scale / 200), TokensIn = scale * 2, TokensOut = scale * 9, CacheWrite = scale * (30 + (day.DayNumber % 7)), CacheRead = scale * (700 + (day.DayNumber % 4 * 150)), CostUsd = usd };
        var at = new DateTimeOffset(day, new TimeOnly(hour, 10), TimeSpan.Zero);
        rows.Add(new UsageRow
        {
            Date = day,
            Project = project,
            Session = new Guid(day.DayNumber, (short)rows.Count, (short)hour, 8, 1, 2, 3, 4, 5, 6, 7).ToString("D"),
            Model = model,
            Source = UsageSource.ClaudeCode,
            Calls = counters.Calls,
            TokensIn = counters.TokensIn,
            TokensOut = counters.TokensOut,
            CacheWrite = counters.CacheWrite,
            CacheRead = counters.CacheRead,
            Cost = usd,
            FirstAt = at,
            LastAt = at.AddMinutes(25),
            Hours = new SortedDictionary<string, decimal>(StringComparer.Ordinal) { [$"{hour:00}"] = usd },
            Parts = [counters],
        });
        return this;
    }
}
