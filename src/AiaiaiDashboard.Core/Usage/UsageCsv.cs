using System.Globalization;
using System.Text;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>Ledger rows as CSV (RFC 4180, UTF-8). A text that a spreadsheet would take for a formula is led by an apostrophe.</summary>
public static class UsageCsv
{
    private const string Header = "date,project,session,model,source,calls,tokensIn,tokensOut,cacheWrite,cacheWrite1h,cacheRead,cost,unpriced,firstAt,lastAt";

    /// <summary>Writes header and rows.</summary>
    public static async Task WriteAsync(Stream target, IEnumerable<UsageRow> rows)
    {
        await using var writer = new StreamWriter(target, new UTF8Encoding(false), 1 << 14, leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync(Header);
        foreach (UsageRow row in rows)
        {
            await writer.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Date:yyyy-MM-dd},{Cell(row.Project)},{Cell(row.Session)},{Cell(row.Model)},{Cell(row.Source)},{row.Calls},{row.TokensIn},{row.TokensOut},{row.CacheWrite},{row.CacheWrite1h},{row.CacheRead},{row.Cost:0.00########},{(row.Unpriced ? "true" : "")},{row.FirstAt:yyyy-MM-dd'T'HH:mm:ss.fff'Z'},{row.LastAt:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}"));
        }
    }

    /// <summary>One text cell, safe for spreadsheets.</summary>
    public static string Cell(string text)
    {
        ReadOnlySpan<char> start = text.AsSpan().TrimStart();
        if (start.Length > 0 && start[0] is '=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20'
            || (text.Length > 0 && text[0] is '\t' or '\r' or '\n'))
        {
            text = "'" + text;
        }

        return text.AsSpan().ContainsAny(",\"\r\n\t") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
