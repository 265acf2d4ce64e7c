using System.Globalization;

namespace AiaiaiDashboard.Core.Usage.Export;

/// <summary>The ledger and its answers as CSV: comma, CRLF, header line, numbers with a point.</summary>
public static class UsageCsv
{
    private const string Counters = "calls,tokensIn,tokensOut,cacheWrite,cacheWrite1h,cacheRead,cost,unpriced";

    /// <summary>Writes the rows of the ledger, one line each.</summary>
    public static async Task WriteRowsAsync(TextWriter output, IEnumerable<UsageRow> rows, CancellationToken ct = default)
    {
        await output.WriteAsync($"date,project,session,model,source,{Counters},firstAt,lastAt\r\n".AsMemory(), ct);
        foreach (UsageRow row in rows)
        {
            string line = string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Date:yyyy-MM-dd},{CsvText.Field(row.Project)},{CsvText.Field(row.Session)},{CsvText.Field(row.Model)},{CsvText.Field(row.Source)},{CountersOf(row, row.Cost, row.Unpriced)},{Instant(row.FirstAt)},{Instant(row.LastAt)}\r\n");
            await output.WriteAsync(line.AsMemory(), ct);
        }
    }

    /// <summary>Writes the lines of an answer, without its total.</summary>
    public static void WriteAnswer(TextWriter output, UsageAnswer answer, UsageQuery query)
    {
        string names = string.Concat(query.By.Select(g => UsageAnswerJson.NameOf(g) + ","));
        output.Write($"{names}{Counters}\r\n");
        foreach (UsageSum row in query.By.Count == 0 ? [answer.Total] : answer.Rows)
        {
            output.Write($"{string.Concat(row.Keys.Select(k => CsvText.Field(k) + ","))}{CountersOf(row, row.Cost, row.Unpriced)}\r\n");
        }
    }

    private static string CountersOf(UsageCounters c, decimal cost, bool unpriced) => string.Create(
        CultureInfo.InvariantCulture,
        $"{c.Calls},{c.TokensIn},{c.TokensOut},{c.CacheWrite},{c.CacheWrite1h},{c.CacheRead},{cost},{(unpriced ? "true" : "false")}");

    private static string Instant(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture) ?? "";
}
