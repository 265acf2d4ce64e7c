using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Usage.Manual;
using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Usage.AnthropicAdmin;

/// <summary>Turns the usage report into ledger rows.</summary>
/// <param name="prices">Prices.</param>
/// <param name="zone">Zone of the rows' days. A bucket counts for the day it begins in.</param>
/// <param name="first">First day that is taken.</param>
/// <param name="last">Last day that is taken.</param>
internal sealed class AdminUsageRows(PriceTable prices, TimeZoneInfo zone, DateOnly first, DateOnly last)
{
    /// <summary>Most combinations of one report: a bound against an answer without end.</summary>
    private const int MaxCombinations = 500_000;

    private readonly Dictionary<(Group Group, AdminRate Rate), AdminTally> tallies = [];

    /// <summary>Whether days of <paramref name="zone"/> are those of UTC, so that buckets of a day will do.</summary>
    public static bool DaysAreUtc(TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset until)
    {
        for (DateTimeOffset at = from; at <= until; at = at.AddHours(1))
        {
            if (zone.GetUtcOffset(at) != TimeSpan.Zero)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Workspaces and keys the usage belongs to.</summary>
    public IEnumerable<(string? Workspace, string? ApiKey)> Owners => tallies.Keys.Select(k => (k.Group.Workspace, k.Group.ApiKey)).Distinct();

    /// <summary>Adds a bucket.</summary>
    /// <exception cref="AdminApiException">It is not as documented.</exception>
    public void Add(AdminBucket<AdminUsage> bucket)
    {
        if (bucket is not { StartingAt: { } start, Results: { } results })
        {
            throw new AdminApiException("The answer of the Anthropic Admin API to usage_report/messages could not be used: a bucket has no \"starting_at\" or no \"results\".");
        }

        DateOnly day = CalendarDay.Of(start, zone);
        if (day < first || day > last)
        {
            return;
        }

        foreach (AdminUsage? usage in results)
        {
            if (usage is null)
            {
                continue;
            }

            AdminRate rate = AdminRate.Of(usage);
            string model = prices.Listed(AdminProjects.Shown(usage.Model ?? "")) + (rate.Fast ? "-fast" : "");
            var key = (new Group(day, usage.WorkspaceId, usage.ApiKeyId, model), rate);
            if (!tallies.TryGetValue(key, out AdminTally? tally))
            {
                if (tallies.Count >= MaxCombinations)
                {
                    throw new AdminApiException("The answer of the Anthropic Admin API to usage_report/messages could not be used: it has too many combinations.");
                }

                tallies.Add(key, tally = new AdminTally());
            }

            tally.Add(usage);
        }
    }

    /// <summary>Writes the rows, rows of zeros for what the report no longer has in its days, and older rows at today's prices.</summary>
    /// <returns>Rows the report has.</returns>
    public int Apply(UsageLedger ledger, AdminProjects projects)
    {
        Dictionary<UsageKey, UsageRow> rows = Rows(projects);
        var changed = new List<UsageRow>(rows.Values);
        foreach (UsageRow held in ledger.Rows)
        {
            // The rows of an earlier API sync in tokens.json are a person's: see ManualIngest.
            if (held.Source != UsageSource.AnthropicAdmin || held.Session == ManualEntry.AutoSync || rows.ContainsKey(held.Key))
            {
                continue;
            }

            changed.Add(held.Date >= first && held.Date <= last
                ? new UsageRow { Date = held.Date, Project = held.Project, Session = held.Session, Model = held.Model, Source = held.Source, Extra = held.Extra }
                : Priced(held));
        }

        ledger.Apply(changed);
        return rows.Count;
    }

    private Dictionary<UsageKey, UsageRow> Rows(AdminProjects projects)
    {
        var byRow = new Dictionary<UsageKey, SortedDictionary<int, (AdminRate Rate, AdminTally Tally)>>();
        foreach (((Group group, AdminRate rate), AdminTally tally) in tallies)
        {
            if (tally.IsEmpty)
            {
                continue;
            }

            // The kind stands before the id, so that no id can be the session that is reserved for tokens.json.
            string session = group.ApiKey is { } apiKey ? $"api-key:{AdminProjects.Shown(apiKey)}"
                : $"workspace:{(group.Workspace is { } workspace ? AdminProjects.Shown(workspace) : "default")}";
            var key = new UsageKey(group.Day, projects.Project(group.Workspace, group.ApiKey), session, group.Model, UsageSource.AnthropicAdmin);
            if (!byRow.TryGetValue(key, out SortedDictionary<int, (AdminRate Rate, AdminTally Tally)>? rates))
            {
                byRow.Add(key, rates = []);
            }

            if (!rates.TryGetValue(rate.Order, out (AdminRate Rate, AdminTally Tally) sum))
            {
                rates.Add(rate.Order, sum = (rate, new AdminTally()));
            }

            sum.Tally.Add(tally);
        }

        return byRow.ToDictionary(r => r.Key, r => Row(r.Key, r.Value.Values));
    }

    private UsageRow Row(UsageKey key, IReadOnlyCollection<(AdminRate Rate, AdminTally Tally)> rates)
    {
        var all = new AdminTally();
        foreach ((_, AdminTally tally) in rates)
        {
            all.Add(tally);
        }

        UsageCounters counters = all.Counters();
        UsagePart[] parts = [.. rates.Where(r => r.Rate != default || r.Tally.WebSearches > 0).Select(r => r.Tally.Part(r.Rate))];
        return Priced(new UsageRow
        {
            Date = key.Date,
            Project = key.Project,
            Session = key.Session,
            Model = key.Model,
            Source = key.Source,
            TokensIn = counters.TokensIn,
            TokensOut = counters.TokensOut,
            CacheWrite = counters.CacheWrite,
            CacheWrite1h = counters.CacheWrite1h,
            CacheRead = counters.CacheRead,
            Parts = parts.Length == 0 ? null : parts,
        });
    }

    // The report knows days: without hours of its own a row gets none from its price.
    private UsageRow Priced(UsageRow row) => RowPricing.Reprice(row, prices) with { Hours = row.Hours };

    private readonly record struct Group(DateOnly Day, string? Workspace, string? ApiKey, string Model);
}
