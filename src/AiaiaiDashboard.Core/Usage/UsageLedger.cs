using System.Buffers;
using System.Collections;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>
/// The usage ledger: history/tokens-YYYY-MM.jsonl, append-only, the last row of a key wins (CONTRACT.md §2). One writer; readers of other
/// processes see whole lines. Not thread-safe.
/// </summary>
public sealed class UsageLedger
{
    /// <summary>Bytes from which a current month with more superseded than live rows is compacted.</summary>
    private const long CompactFrom = 1 << 20;

    /// <summary>Findings kept per load.</summary>
    private const int MaxProblems = 100;

    private readonly DataDirectory directory;
    private LedgerIndex index = new();

    // Oldest first.
    private readonly List<MonthFile> months = [];
    private readonly List<FileProblem> problems = [];

    private UsageLedger(DataDirectory directory)
    {
        this.directory = directory;
    }

    /// <summary>Current rows, one per key, any order.</summary>
    public IReadOnlyCollection<UsageRow> Rows => new LedgerRows(index);

    /// <summary>The same rows as figures.</summary>
    internal LedgerIndex Index => index;

    /// <summary>Lines that could not be read, with file and line; they are kept where they are.</summary>
    public IReadOnlyList<FileProblem> Problems => problems;

    /// <summary>Months with a file, <c>YYYY-MM</c>, oldest first.</summary>
    public IEnumerable<string> Months => months.Select(m => m.Month);

    /// <summary>Reads the ledger of a data directory.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="repair">Whether a torn last line is cut off (the holder of the lock), or left alone (readers).</param>
    /// <exception cref="IOException">A month cannot be read, or is a directory.</exception>
    public static UsageLedger Load(DataDirectory directory, bool repair)
    {
        var ledger = new UsageLedger(directory);
        string folder = directory.PathOf("history");
        if (Directory.Exists(folder))
        {
            string[] paths = Directory.GetFileSystemEntries(folder, "tokens-*.jsonl");
            Array.Sort(paths, string.CompareOrdinal);
            foreach (string path in paths)
            {
                if (MonthOf(Path.GetFileName(path)) is { } month)
                {
                    // What it held is not known: an empty month would be a wrong figure.
                    if (Directory.Exists(path))
                    {
                        throw new IOException($"history/{Path.GetFileName(path)} is a directory, where a file is expected. Move it away; usage is not counted until then.");
                    }

                    ledger.LoadMonth(month, repair);
                }
            }
        }

        return ledger;
    }

    /// <summary>The current row of a key.</summary>
    public UsageRow? Find(UsageKey key) => index.Find(key) is >= 0 and int place ? index.Row(place) : null;

    /// <summary>Appends the rows that differ from what the ledger holds, month by month, each month in one write.</summary>
    /// <param name="changed">Rows, no two of one key.</param>
    /// <returns>Rows written.</returns>
    public int Apply(IEnumerable<UsageRow> changed)
    {
        var rows = new List<UsageRow>();
        foreach (UsageRow row in changed)
        {
            if (IsNew(row))
            {
                rows.Add(row);
            }
        }

        rows.Sort(static (a, b) => UsageKey.Order.Compare(a.Key, b.Key));
        for (int written = 0; written < rows.Count;)
        {
            var buffer = new ArrayBufferWriter<byte>(1 << 16);
            string month = IsoDay.Month(rows[written].Date);
            MonthFile file = File(month);
            for (; written < rows.Count && IsoDay.Month(rows[written].Date) == month; written++)
            {
                UsageRow row = rows[written];
                if (index.Find(row.Key) is >= 0 and int place)
                {
                    file.Superseded++;
                    row = row.Extra is null && index.Extra(place) is { } extra ? row with { Extra = extra } : row;
                }

                UsageRowJson.Write(buffer, row);
                file.Lines++;
                index.Put(row);
            }

            file.Log.Append(buffer.WrittenSpan);
            file.Bytes += buffer.WrittenCount;
        }

        return rows.Count;
    }

    /// <summary>Rewrites months whose superseded rows are worth it: any in a closed month, a larger half in the current one.</summary>
    /// <param name="today">Tells the current month.</param>
    public void Compact(DateOnly today)
    {
        string current = IsoDay.Month(today);
        foreach (MonthFile file in months)
        {
            bool closed = string.CompareOrdinal(file.Month, current) < 0;
            if (file.Superseded > 0 && (closed || (file.Superseded * 2 > file.Lines && file.Bytes > CompactFrom)))
            {
                Compact(file);
            }
        }
    }

    /// <summary>Deletes months before <paramref name="keepFrom"/> (retention).</summary>
    /// <returns>The months that were deleted.</returns>
    public IReadOnlyList<string> Expire(DateOnly keepFrom)
    {
        string first = IsoDay.Month(keepFrom);
        List<string> old = [.. Months.Where(m => string.CompareOrdinal(m, first) < 0)];
        foreach (string month in old)
        {
            System.IO.File.Delete(directory.PathOf(DataFiles.History("tokens", month)));
        }

        months.RemoveAll(m => old.Contains(m.Month));

        if (old.Count > 0)
        {
            var kept = new LedgerIndex();
            foreach (UsageRow row in Rows.Where(r => !old.Contains(IsoDay.Month(r.Date))))
            {
                kept.Put(row);
            }

            index = kept;
        }

        return old;
    }

    // The figures first: a row that changed differs there nearly always, and to look at the rest means to read it as JSON.
    private bool IsNew(UsageRow row) => index.Find(row.Key) is not (>= 0 and int place)
        || !index.Facts(place).CountsAs(UsageFacts.Of(row)) || !UsageRowEquality.Same(index.Row(place), row);

    private MonthFile File(string month)
    {
        int at = 0;
        while (at < months.Count && string.CompareOrdinal(months[at].Month, month) < 0)
        {
            at++;
        }

        if (at == months.Count || months[at].Month != month)
        {
            months.Insert(at, new MonthFile(month, new JsonlLog(directory.PathOf(DataFiles.History("tokens", month))) { Name = DataFiles.History("tokens", month) }));
        }

        return months[at];
    }

    private void LoadMonth(string month, bool repair)
    {
        MonthFile file = File(month);
        string name = DataFiles.History("tokens", month);
        if (repair && file.Log.Recover().Problem is { } problem)
        {
            problems.Add(problem);
        }

        LogReport report = file.Log.Read((line, number, offset) =>
        {
            file.Bytes = offset + line.Length + 1;
            if (LedgerLine.TryRead(line, out LedgerLine fields))
            {
                file.Lines++;
                file.Superseded += index.Put(in fields) ? 1 : 0;
                return;
            }

            try
            {
                file.Superseded += index.Put(UsageRowJson.Read(line)) ? 1 : 0;
                file.Lines++;
            }
            catch (InvalidDataException exception)
            {
                if (problems.Count < MaxProblems)
                {
                    problems.Add(new FileProblem(name, FormattableString.Invariant($"line {number}"), $"{exception.Message}. The line is skipped and kept."));
                }
            }
        });

        // Wrong rows were noted above; what is left is lines too long to be looked at.
        problems.AddRange(report.Problems.Take(MaxProblems - problems.Count));
    }

    private static void Compact(MonthFile file)
    {
        // On the file, not from memory: what cannot be read stays where it is, and so does a row that was put into the wrong month.
        LogCompaction done = file.Log.Compact(static line => LedgerLine.TryRead(line, out LedgerLine fields) ? fields.Key : UsageRowJson.Read(line).Key);
        file.Lines -= done.Dropped;
        file.Superseded = 0;
        file.Bytes = new FileInfo(file.Log.Path).Length;
    }

    // tokens-2026-11.jsonl; null for any other name.
    private static string? MonthOf(string name)
    {
        const string Begin = "tokens-";
        const string End = ".jsonl";
        if (name.Length != Begin.Length + "2026-11".Length + End.Length || !name.StartsWith(Begin, StringComparison.Ordinal) || !name.EndsWith(End, StringComparison.Ordinal))
        {
            return null;
        }

        string month = name[Begin.Length..^End.Length];
        for (int i = 0; i < month.Length; i++)
        {
            if (i == 4 ? month[i] != '-' : !char.IsAsciiDigit(month[i]))
            {
                return null;
            }
        }

        return month;
    }

    private sealed class LedgerRows(LedgerIndex index) : IReadOnlyCollection<UsageRow>
    {
        public int Count => index.Count;

        public IEnumerator<UsageRow> GetEnumerator()
        {
            for (int row = 0; row < index.Count; row++)
            {
                yield return index.Row(row);
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class MonthFile(string month, JsonlLog log)
    {
        public string Month { get; } = month;

        public JsonlLog Log { get; } = log;

        public long Lines { get; set; }

        public long Superseded { get; set; }

        public long Bytes { get; set; }
    }
}
