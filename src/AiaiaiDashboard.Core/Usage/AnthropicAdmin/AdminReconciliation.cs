namespace AiaiaiDashboard.Core.Usage.AnthropicAdmin;

/// <summary>
/// One project on one day as the Admin API and the transcripts have it. Only one of the two counts (CONTRACT.md §2, "One measured source per
/// project and day").
/// </summary>
/// <param name="Date">Calendar day in the configured zone.</param>
/// <param name="Project">Project id.</param>
/// <param name="TranscriptsCost">USD by the transcripts; null where they have nothing for the day, so that the API counts.</param>
/// <param name="ApiCost">USD by the API's usage report, at the prices of the table.</param>
public sealed record AdminReconciliation(DateOnly Date, string Project, decimal? TranscriptsCost, decimal ApiCost)
{
    /// <summary>Transcripts less API, USD: positive where the transcripts have more. Null where only the API has the day.</summary>
    public decimal? Difference => TranscriptsCost - ApiCost;

    /// <summary>All projects and days the API has usage of, by day and project.</summary>
    /// <param name="usage">The ledger.</param>
    /// <param name="since">First day, or null for all.</param>
    /// <param name="until">Last day, or null for all up to today.</param>
    public static IReadOnlyList<AdminReconciliation> Of(UsageReadModel usage, DateOnly? since = null, DateOnly? until = null)
    {
        ArgumentNullException.ThrowIfNull(usage);
        (int from, int to) = usage.Range(since, until);
        var counted = new ArraySegment<UsageRow>([.. usage.Rows.Skip(from).Take(to - from)]);
        IEnumerable<UsageRow> beside = usage.Outranked.Where(r => !(r.Date < since) && !(r.Date > until));
        var api = new SortedDictionary<(DateOnly Date, string Project), List<UsageRow>>(Comparer<(DateOnly Date, string Project)>.Create(
            static (a, b) => a.Date != b.Date ? a.Date.CompareTo(b.Date) : string.CompareOrdinal(a.Project, b.Project)));
        foreach (UsageRow row in counted.Concat(beside).Where(r => r.Source == UsageSource.AnthropicAdmin && UsageReadModel.HasUsage(r)))
        {
            if (!api.TryGetValue((row.Date, row.Project), out List<UsageRow>? rows))
            {
                api.Add((row.Date, row.Project), rows = []);
            }

            rows.Add(row);
        }

        var transcripts = new Dictionary<(DateOnly, string), decimal>();
        foreach (UsageRow row in counted.Where(r => r.Source == UsageSource.ClaudeCode && UsageReadModel.HasUsage(r)))
        {
            transcripts[(row.Date, row.Project)] = transcripts.GetValueOrDefault((row.Date, row.Project)) + row.Cost;
        }

        return [.. api.Select(a => new AdminReconciliation(
            a.Key.Date, a.Key.Project, transcripts.TryGetValue(a.Key, out decimal cost) ? cost : null, ApiCostOf(a.Value)))];
    }

    // What tokens.json holds of an earlier API sync is the same usage once more where this program asked itself.
    private static decimal ApiCostOf(List<UsageRow> rows)
    {
        bool own = rows.Exists(r => !UsageReadModel.IsEarlierApiSync(r));
        return rows.Where(r => !own || !UsageReadModel.IsEarlierApiSync(r)).Sum(r => r.Cost);
    }
}
