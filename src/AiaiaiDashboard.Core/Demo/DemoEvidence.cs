using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.AnthropicAdmin;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Demo;

/// <summary>What stands beside the sample ledger: an Admin API that covers three projects of the last weeks, and versions of Claude Code, old ones incomplete.</summary>
/// <param name="ledger">The sample rows of the transcripts.</param>
/// <param name="today">The day everything is relative to.</param>
internal sealed class DemoEvidence(IReadOnlyList<UsageRow> ledger, DateOnly today)
{
    /// <summary>First and last day, counted back from today, that an old version recorded too little output on.</summary>
    private const int IncompleteFrom = 118;
    private const int IncompleteTo = 96;

    private const int ApiDays = 21;

    private static readonly string[] ApiProjects = ["rag-evaluator", "storefront-api", "support-copilot"];

    /// <summary>Calls of a row that an old version recorded with too little output.</summary>
    public static long Incomplete(DateOnly day, DateOnly today, long calls) =>
        today.DayNumber - day.DayNumber is >= IncompleteTo and <= IncompleteFrom and int age ? calls * (1 + (age % 4)) / 5 : 0;

    /// <summary>Rows of the Admin API: the transcripts' days, a little more or less in each.</summary>
    public IEnumerable<UsageRow> ApiRows() =>
        from row in ledger
        where row.Date > today.AddDays(-ApiDays) && ApiProjects.Contains(row.Project)
        group row by (row.Date, row.Project, row.Model) into day
        orderby day.Key.Date, day.Key.Project, day.Key.Model
        select ApiRow(day.Key.Date, day.Key.Project, day.Key.Model, [.. day]);

    /// <summary>The API's other reports.</summary>
    public AdminReport Report() => new()
    {
        Days =
        [
            .. ledger.Where(r => r.Date > today.AddDays(-ApiDays)).GroupBy(r => r.Date).OrderBy(d => d.Key).Select(d => new AdminReportDay
            {
                Date = d.Key,
                Costs = [new AdminBilledCost(null, "tokens", decimal.Round(d.Where(r => ApiProjects.Contains(r.Project)).Sum(r => r.Cost) * Factor(d.Key), 2))],
                ClaudeCode = new AdminClaudeCodeDay
                {
                    Sessions = d.Select(r => r.Session).Distinct().Count(),
                    Commits = d.Sum(r => r.Calls) / 25,
                    PullRequests = d.Sum(r => r.Calls) / 180,
                    LinesAdded = d.Sum(r => r.TokensOut) / 120,
                    LinesRemoved = d.Sum(r => r.TokensOut) / 310,
                    Models = [.. d.GroupBy(r => r.Model).OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => new AdminClaudeCodeUse(
                        "api", m.Key, m.Sum(r => r.TokensIn), m.Sum(r => r.TokensOut), m.Sum(r => r.CacheWrite), m.Sum(r => r.CacheRead), decimal.Round(m.Sum(r => r.Cost), 2)))],
                },
            }),
        ],
    };

    /// <summary>Versions of Claude Code: the sample rows' calls, week by week.</summary>
    public TranscriptVersions Versions()
    {
        string[] names = ["2.0.67", "2.1.3", "2.1.59", "2.1.120", "2.1.204"];
        return new TranscriptVersions
        {
            Versions =
            [
                .. ledger.GroupBy(r => Math.Clamp((IncompleteFrom + 2 - (today.DayNumber - r.Date.DayNumber)) / 12, 0, names.Length - 1)).OrderBy(v => v.Key)
                    .Select(v => new TranscriptVersion(names[v.Key], v.Sum(r => r.Calls), v.Sum(r => r.IncompleteCalls), v.Min(r => r.Date), v.Max(r => r.Date))),
            ],
        };
    }

    private static UsageRow ApiRow(DateOnly date, string project, string model, List<UsageRow> rows)
    {
        var counters = new UsageCounters
        {
            TokensIn = Scaled(rows.Sum(r => r.TokensIn)),
            TokensOut = Scaled(rows.Sum(r => r.TokensOut)),
            CacheWrite = Scaled(rows.Sum(r => r.CacheWrite)),
            CacheWrite1h = Scaled(rows.Sum(r => r.CacheWrite1h)),
            CacheRead = Scaled(rows.Sum(r => r.CacheRead)),
        };
        ModelPrice price = PriceTable.BuiltIn.Price(model, date) ?? throw new InvalidOperationException($"{model} has no price.");
        return new UsageRow
        {
            Date = date,
            Project = project,
            Session = "api-key:apikey_sample",
            Model = model,
            Source = UsageSource.AnthropicAdmin,
            TokensIn = counters.TokensIn,
            TokensOut = counters.TokensOut,
            CacheWrite = counters.CacheWrite,
            CacheWrite1h = counters.CacheWrite1h,
            CacheRead = counters.CacheRead,
            Cost = price.Cost(counters, false, false, false, false),
        };

        long Scaled(long tokens) => (long)(tokens * Factor(date));
    }

    // What the API has more or less than the transcripts: between 3 % less and 5 % more, by the day.
    private static decimal Factor(DateOnly date) => 0.97m + (date.DayNumber * 7 % 17 * 0.005m);
}
