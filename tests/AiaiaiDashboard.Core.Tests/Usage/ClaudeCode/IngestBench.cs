using System.Globalization;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode;

/// <summary>A data directory and a config directory of its own, on which ingests run. Every directory is a project of its own name.</summary>
internal sealed class IngestBench : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("aiaiai-ingest-").FullName;

    public IngestBench()
    {
        Data = new DataDirectory(Path.Combine(root, "data"));
        Data.EnsureCreated();
        Directory.CreateDirectory(Projects);
    }

    public DataDirectory Data { get; }

    public string Root => root;

    /// <summary>The <c>projects</c> directory transcripts are written to.</summary>
    public string Projects => Path.Combine(root, "claude", "projects");

    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    public PriceTable Prices { get; set; } = PriceTable.BuiltIn;

    public DateOnly KeepFrom { get; set; } = DateOnly.MinValue;

    /// <summary>Project of a directory; itself by default.</summary>
    public Func<string, string> ProjectOf { get; set; } = static folder => folder;

    /// <summary>Writes a transcript below <c>projects</c>.</summary>
    public string Write(string path, params string[] lines) => WriteText(path, string.Concat(lines.Select(l => l + "\n")));

    /// <summary>Writes a transcript byte by byte as given.</summary>
    public string WriteText(string path, string text)
    {
        string full = Path.Combine(Projects, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    /// <summary>Appends to a transcript.</summary>
    public void Append(string path, string text) => File.AppendAllText(Path.Combine(Projects, path), text);

    /// <summary>Runs an ingest on <see cref="Projects"/>, or on the roots given.</summary>
    public IngestReport Run(params string[] roots)
    {
        var ledger = new Lazy<UsageLedger>(() => UsageLedger.Load(Data, repair: true));
        var ingest = new ClaudeCodeIngest(
            Data, ledger, Prices, Zone, folders => folders.ToDictionary(f => f, ProjectOf), KeepFrom);
        return ingest.Run(roots.Length == 0 ? [Projects] : roots, null, CancellationToken.None);
    }

    /// <summary>The rows of the ledger as they are on disk, without rows of zeros.</summary>
    public List<UsageRow> Rows() =>
        [.. UsageLedger.Load(Data, repair: false).Rows.Where(r => r.Calls > 0 || r.TotalTokens > 0).OrderBy(r => r.Key, UsageKey.Order)];

    /// <summary>The rows in one line each, for comparing.</summary>
    public List<string> Lines() => [.. Rows().Select(Describe)];

    /// <summary>One row in one line.</summary>
    public static string Describe(UsageRow r) => string.Create(
        CultureInfo.InvariantCulture,
        $"{r.Date:yyyy-MM-dd} {r.Project} {r.Session} {r.Model}: {r.Calls} calls {r.TokensIn}+{r.TokensOut}+{r.CacheWrite}+{r.CacheRead} ${r.Cost:0.#########}{(r.Unpriced ? " unpriced" : "")}");

    /// <summary>Forgets the cache, as a person who deletes the folder does.</summary>
    public void DeleteCache() => Directory.Delete(Data.PathOf("cache"), recursive: true);

    public void Dispose() => Directory.Delete(root, recursive: true);
}
