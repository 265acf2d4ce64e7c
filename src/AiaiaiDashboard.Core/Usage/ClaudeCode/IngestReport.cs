namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>What one ingest found and did.</summary>
public sealed record IngestReport
{
    /// <summary>Transcripts found.</summary>
    public int Files { get; init; }

    /// <summary>Transcripts that had something new.</summary>
    public int FilesRead { get; init; }

    /// <summary>Bytes read.</summary>
    public long BytesRead { get; init; }

    /// <summary>Ledger rows written.</summary>
    public int RowsWritten { get; init; }

    /// <summary>Lines that could not be used, in all transcripts there are.</summary>
    public long MalformedLines { get; init; }

    /// <summary>Files with malformed lines (file, line, count), and what could not be read.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>Files and directories that could not be read.</summary>
    public int Unreadable { get; init; }

    /// <summary>Roots that could not be read, with the reason; the others were.</summary>
    public IReadOnlyList<string> RootErrors { get; init; } = [];

    /// <summary>Transcripts per root, as given.</summary>
    public IReadOnlyDictionary<string, int> FilesByRoot { get; init; } = new Dictionary<string, int>();

    /// <summary>Calls older than the retention that were left out.</summary>
    public long Expired { get; init; }

    /// <summary>The calls by version of Claude Code.</summary>
    public IReadOnlyList<TranscriptVersion> Versions { get; init; } = [];

    /// <summary>The report of a run.</summary>
    /// <param name="found">The transcripts.</param>
    /// <param name="state">What is known of them now.</param>
    /// <param name="scan">What was read; null where nothing was.</param>
    /// <param name="written">Ledger rows written.</param>
    /// <param name="expired">Calls older than the retention.</param>
    internal static IngestReport Of(TranscriptFiles found, IngestState state, TranscriptScan? scan, int written, long expired)
    {
        var malformed = new List<TranscriptCursor>();
        foreach (TranscriptCursor cursor in state.Cursors.Values)
        {
            if (cursor.Malformed > 0)
            {
                malformed.Add(cursor);
            }
        }

        malformed.Sort(static (a, b) => string.CompareOrdinal(a.RealPath, b.RealPath));
        List<string> problems = [.. found.Problems, .. scan?.Problems ?? []];
        long lines = 0;
        malformed.ForEach(c => lines += c.Malformed);
        return new IngestReport
        {
            Files = found.Files.Count,
            FilesRead = scan?.FilesRead ?? 0,
            BytesRead = scan?.BytesRead ?? 0,
            RowsWritten = written,
            MalformedLines = lines,
            Unreadable = problems.Count,
            Expired = expired,
            RootErrors = found.RootErrors,
            FilesByRoot = found.FilesByRoot,
            Versions = state.Versions,
            Details = [.. problems, .. malformed.Select(Describe)],
        };
    }

    private static string Describe(TranscriptCursor cursor) => cursor.Malformed == 1
        ? FormattableString.Invariant($"{cursor.RealPath}, line {cursor.FirstMalformedLine}: not a usable usage line")
        : FormattableString.Invariant($"{cursor.RealPath}: {cursor.Malformed} lines are not usable, the first is line {cursor.FirstMalformedLine}");
}
