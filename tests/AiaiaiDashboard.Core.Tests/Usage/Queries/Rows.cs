using System.Globalization;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Tests.Usage.Queries;

/// <summary>Ledger rows for tests, written in one line each.</summary>
internal static class Rows
{
    public static UsageRow Row(
        string date, decimal cost, string project = "alpha", string session = "s1", string model = "opus",
        string source = UsageSource.ClaudeCode, long calls = 1, long tokens = 10, bool unpriced = false) => new()
        {
            Date = DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Project = project,
            Session = session,
            Model = model,
            Source = source,
            Calls = calls,
            TokensIn = tokens,
            Cost = cost,
            Unpriced = unpriced,
        };
}
