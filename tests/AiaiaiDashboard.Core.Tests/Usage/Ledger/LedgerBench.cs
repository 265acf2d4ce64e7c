using System.Globalization;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Tests.Storage;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Tests.Usage.Ledger;

/// <summary>A ledger on disk.</summary>
internal sealed class LedgerBench : IDisposable
{
    private readonly TestFolder folder = new();

    public DataDirectory Data => folder.Data;

    public UsageLedger Load(bool repair = true) => UsageLedger.Load(Data, repair);

    public string Write(string month, params string[] lines) => folder.Write(Name(month), string.Concat(lines.Select(l => l + "\n")));

    public string WriteText(string month, string text) => folder.Write(Name(month), text);

    public string[] Lines(string month) => File.ReadAllLines(Data.PathOf(Name(month)));

    public bool Has(string month) => File.Exists(Data.PathOf(Name(month)));

    public string PathOf(string month) => Data.PathOf(Name(month));

    public string[] Files() => folder.Files();

    public static string Name(string month) => DataFiles.History("tokens", month);

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A line of the ledger as a person would write it.</summary>
    public static string Line(string date, string session, long tokens, string more = "") =>
        FormattableString.Invariant(
            $$"""{"date":"{{date}}","project":"p","session":"{{session}}","model":"claude-opus-4-6","source":"claude-code","calls":1,"tokensIn":{{tokens}},"cost":0.5{{more}}}""");

    public void Dispose() => folder.Dispose();
}
