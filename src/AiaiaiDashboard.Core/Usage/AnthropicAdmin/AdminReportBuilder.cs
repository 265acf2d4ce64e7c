using System.Globalization;
using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Usage.AnthropicAdmin;

/// <summary>Brings <see cref="AdminReport"/> up to date. Days that are not asked again stay as they were.</summary>
/// <param name="known">The document as it is.</param>
/// <param name="keepFrom">First day that is kept (retention).</param>
/// <param name="prices">Lists models by one name.</param>
internal sealed class AdminReportBuilder(AdminReport known, DateOnly keepFrom, PriceTable prices)
{
    /// <summary>Days the Claude Code report is asked for again: it may still change.</summary>
    private const int SettlingDays = 3;

    /// <summary>Largest amount that is believed, in cents.</summary>
    private const decimal MaxCents = 1_000_000_000_000m;

    private readonly SortedDictionary<DateOnly, AdminReportDay> days =
        new(known.Days.Where(d => d.Date >= keepFrom).DistinctBy(d => d.Date).ToDictionary(d => d.Date));

    /// <summary>The document as it is to be written.</summary>
    public AdminReport Build() => new() { Days = [.. days.Values.Where(d => d.Costs.Count > 0 || d.ClaudeCode is not null)] };

    /// <summary>Replaces the billed costs from a day on.</summary>
    /// <exception cref="AdminApiException">The report could not be had; nothing was replaced.</exception>
    public async Task AskCostsAsync(AdminUsageClient client, DateOnly first, DateTimeOffset until, CancellationToken ct)
    {
        var sums = new Dictionary<(DateOnly Day, string Workspace, string Type), decimal>();
        await foreach (AdminBucket<AdminCost> bucket in client.CostsAsync(Start(first), until, ct))
        {
            if (bucket is not { StartingAt: { } start, Results: { } results })
            {
                throw new AdminApiException("The answer of the Anthropic Admin API to cost_report could not be used: a bucket has no \"starting_at\" or no \"results\".");
            }

            var day = DateOnly.FromDateTime(start.UtcDateTime);
            foreach (AdminCost cost in results.OfType<AdminCost>().Where(_ => day >= first))
            {
                (DateOnly, string, string) key = (day, cost.WorkspaceId ?? "", AdminProjects.Shown(cost.CostType ?? ""));
                sums[key] = sums.GetValueOrDefault(key) + Usd(Cents(cost.Amount), cost.Currency);
            }
        }

        foreach (DateOnly day in days.Keys.Where(d => d >= first).ToList())
        {
            days[day] = days[day] with { Costs = [] };
        }

        foreach (var day in sums.GroupBy(s => s.Key.Day))
        {
            days[day.Key] = Day(day.Key) with
            {
                Costs =
                [
                    .. day.OrderBy(s => s.Key.Workspace, StringComparer.Ordinal).ThenBy(s => s.Key.Type, StringComparer.Ordinal)
                        .Select(s => new AdminBilledCost(s.Key.Workspace.Length == 0 ? null : AdminProjects.Shown(s.Key.Workspace), s.Key.Type, s.Value)),
                ],
            };
        }
    }

    /// <summary>Asks the Claude Code report for the days that are not known yet or may still change, oldest first; each day counts at once.</summary>
    /// <exception cref="AdminApiException">The report could not be had; the days before are kept.</exception>
    public async Task AskClaudeCodeAsync(AdminUsageClient client, DateOnly first, DateOnly last, CancellationToken ct)
    {
        for (DateOnly day = first; day <= last; day = day.AddDays(1))
        {
            if (day <= last.AddDays(-SettlingDays) && days.TryGetValue(day, out AdminReportDay? held) && held.ClaudeCode is not null)
            {
                continue;
            }

            days[day] = Day(day) with { ClaudeCode = await ClaudeCodeAsync(client, day, ct) };
        }
    }

    private async Task<AdminClaudeCodeDay> ClaudeCodeAsync(AdminUsageClient client, DateOnly day, CancellationToken ct)
    {
        var sum = new AdminClaudeCodeDay();
        var models = new Dictionary<(string Customer, string Model), AdminClaudeCodeUse>();
        await foreach (AdminClaudeCode entry in client.ClaudeCodeAsync(day, ct))
        {
            sum = new AdminClaudeCodeDay
            {
                Sessions = AdminTally.Sum(sum.Sessions, entry.CoreMetrics?.NumSessions),
                Commits = AdminTally.Sum(sum.Commits, entry.CoreMetrics?.CommitsByClaudeCode),
                PullRequests = AdminTally.Sum(sum.PullRequests, entry.CoreMetrics?.PullRequestsByClaudeCode),
                LinesAdded = AdminTally.Sum(sum.LinesAdded, entry.CoreMetrics?.LinesOfCode?.Added),
                LinesRemoved = AdminTally.Sum(sum.LinesRemoved, entry.CoreMetrics?.LinesOfCode?.Removed),
            };
            string customer = AdminProjects.Shown(entry.CustomerType ?? "");
            foreach (AdminClaudeCodeModel used in (entry.ModelBreakdown ?? []).OfType<AdminClaudeCodeModel>())
            {
                string model = prices.Listed(AdminProjects.Shown(used.Model ?? ""));
                AdminClaudeCodeUse before = models.GetValueOrDefault((customer, model)) ?? new AdminClaudeCodeUse(customer, model, 0, 0, 0, 0, 0);
                models[(customer, model)] = before with
                {
                    TokensIn = AdminTally.Sum(before.TokensIn, used.Tokens?.Input),
                    TokensOut = AdminTally.Sum(before.TokensOut, used.Tokens?.Output),
                    CacheWrite = AdminTally.Sum(before.CacheWrite, used.Tokens?.CacheCreation),
                    CacheRead = AdminTally.Sum(before.CacheRead, used.Tokens?.CacheRead),
                    CostUsd = before.CostUsd + Usd(used.EstimatedCost?.Amount ?? 0, used.EstimatedCost?.Currency),
                };
            }
        }

        return sum with { Models = [.. models.Values.OrderBy(m => m.CustomerType, StringComparer.Ordinal).ThenBy(m => m.Model, StringComparer.Ordinal)] };
    }

    private static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private AdminReportDay Day(DateOnly day) => days.GetValueOrDefault(day) ?? new AdminReportDay { Date = day };

    private static decimal Cents(string? amount) =>
        decimal.TryParse(amount, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out decimal cents)
            ? cents
            : throw new AdminApiException("The answer of the Anthropic Admin API to cost_report could not be used: an \"amount\" is no number.");

    private static decimal Usd(decimal cents, string? currency)
    {
        if (currency is not (null or "USD"))
        {
            throw new AdminApiException("The answer of the Anthropic Admin API could not be used: an amount is in another currency than USD.");
        }

        return Math.Abs(cents) <= MaxCents ? cents / 100m
            : throw new AdminApiException("The answer of the Anthropic Admin API could not be used: an amount is too large.");
    }
}
