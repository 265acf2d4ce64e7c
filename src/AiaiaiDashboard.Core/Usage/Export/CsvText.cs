namespace AiaiaiDashboard.Core.Usage.Export;

/// <summary>Fields of CSV by RFC 4180 that no spreadsheet takes for a formula.</summary>
public static class CsvText
{
    /// <summary>A text as a field. Texts that a spreadsheet would evaluate get an apostrophe in front.</summary>
    public static string Field(string text)
    {
        // Spreadsheets skip leading blanks and control characters before they look for the sign.
        string start = text.TrimStart(' ', '\t', '\r', '\n', '\0');
        bool formula = start.Length > 0 && start[0] is '=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20';
        string safe = formula || (text.Length > 0 && text[0] is '\t' or '\r') ? "'" + text : text;
        return safe.AsSpan().IndexOfAny("\",\r\n;") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
