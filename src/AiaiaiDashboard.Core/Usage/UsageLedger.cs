using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>
/// The usage ledger: history/tokens-YYYY-MM.jsonl, append-only, the last row of a key wins (CONTRACT.md §2). One writer; readers of other
/// processes see whole lines. Not thread-safe.
/// </summary>
public sealed partial class UsageLedger
{
    /// <summary>Bytes from which a current month with more superseded than live rows is compacted.</summary>
    private const long CompactFrom = 1 << 20;

    /// <summary>Findings kept per load.</summary>
    private const int MaxProblems = 100;

    private readonly DataDirectory directory;
    private readonly Dictionary<UsageKey, UsageRow> rows = [];
    private readonly SortedDictionary<string, MonthFile> months = new(StringComparer.Ordinal);
    private readonly List<FileProblem> problems = [];

    private UsageLedger(DataDirectory directory)
    {
        this.directory = directory;
    }

    /// <summary>Current rows, one per key, any order.</summary>
    public IReadOnlyCollection<UsageRow> Rows => rows.Values;

    /// <summary>Lines that could not be read, with file and line; they are kept where they are.</summary>
    public IReadOnlyList<FileProblem> Problems => problems;

    /// <summary>Months with a file, <c>YYYY-MM</c>, oldest first.</summary>
    public IEnumerable<string> Months => months.Keys;

    /// <summary>Reads the ledger of a data directory.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="repair">Whether a torn last line is cut off (the holder of the lock), or left alone (readers).</param>
    public static UsageLedger Load(DataDirectory directory, bool repair)
    {
        var ledger = new UsageLedger(directory);
        string folder = directory.PathOf("history");
        if (Directory.Exists(folder))
        {
            foreach (string path in Directory.EnumerateFiles(folder, "tokens-*.jsonl").Order(StringComparer.Ordinal))
            {
                if (MonthName().Match(Path.GetFileName(path)) is { Success: true } match)
                {
                    ledger.LoadMonth(match.Groups[1].Value, repair);
                }
            }
        }

        return ledger;
    }

    /// <summary>The current row of a key.</summary>
    public UsageRow? Find(UsageKey key) => rows.GetValueOrDefault(key);

    /// <summary>Appends the rows that differ from what the ledger holds, month by month, each month in one write.</summary>
    /// <returns>Rows written.</returns>
    public int Apply(IEnumerable<UsageRow> changed)
    {
        int written = 0;
        foreach (IGrouping<string, UsageRow> month in changed.Where(IsNew).OrderBy(r => r.Key, UsageKey.Order).GroupBy(r => Month(r.Date)))
        {
            var buffer = new ArrayBufferWriter<byte>(1 << 16);
            MonthFile file = File(month.Key);
            foreach (UsageRow row in month)
            {
                UsageRowJson.Write(buffer, row);
                file.Superseded += rows.ContainsKey(row.Key) ? 1 : 0;
                file.Lines++;
                rows[row.Key] = row;
                written++;
            }

            file.Log.Append(buffer.WrittenSpan);
            file.Bytes += buffer.WrittenCount;
        }

        return written;
    }

    /// <summary>Rewrites months whose superseded rows are worth it: any in a closed month, a larger half in the current one.</summary>
    /// <param name="today">Tells the current month.</param>
    public void Compact(DateOnly today)
    {
        string current = Month(today);
        foreach ((string month, MonthFile file) in months)
        {
            bool closed = string.CompareOrdinal(month, current) < 0;
            if (file.Superseded > 0 && (closed || (file.Superseded * 2 > file.Lines && file.Bytes > CompactFrom)))
            {
                Rewrite(month, file);
            }
        }
    }

    /// <summary>Deletes months before <paramref name="keepFrom"/> (retention).</summary>
    /// <returns>The months that were deleted.</returns>
    public IReadOnlyList<string> Expire(DateOnly keepFrom)
    {
        string first = Month(keepFrom);
        List<string> old = [.. months.Keys.Where(m => string.CompareOrdinal(m, first) < 0)];
        foreach (string month in old)
        {
            months[month].Log.Delete();
            months.Remove(month);
            foreach (UsageKey key in rows.Keys.Where(k => Month(k.Date) == month).ToList())
            {
                rows.Remove(key);
            }
        }

        return old;
    }

    private static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private bool IsNew(UsageRow row) => !rows.TryGetValue(row.Key, out UsageRow? held) || !UsageRowEquality.Same(held, row);

    private MonthFile File(string month)
    {
        if (!months.TryGetValue(month, out MonthFile? file))
        {
            file = new MonthFile(directory.Log(DataFiles.History("tokens", month)));
            months.Add(month, file);
        }

        return file;
    }

    private void LoadMonth(string month, bool repair)
    {
        MonthFile file = File(month);
        string name = DataFiles.History("tokens", month);
        if (repair)
        {
            LogRecovery recovery = file.Log.Recover();
            if (recovery.Problem is not null)
            {
                problems.Add(recovery.Problem);
            }
        }

        file.Log.Read((line, number, offset) =>
        {
            file.Bytes = offset + line.Length + 1;
            UsageRow row;
            try
            {
                row = UsageRowJson.Read(line);
            }
            catch (InvalidDataException exception)
            {
                file.Unreadable++;
                if (problems.Count < MaxProblems)
                {
                    problems.Add(new FileProblem(name, FormattableString.Invariant($"line {number}"), $"{exception.Message}. The line is skipped and kept."));
                }

                return;
            }

            file.Lines++;
            file.Superseded += rows.ContainsKey(row.Key) ? 1 : 0;
            rows[row.Key] = row;
        });
    }

    private void Rewrite(string month, MonthFile file)
    {
        var unreadable = new List<byte[]>();
        if (file.Unreadable > 0)
        {
            file.Log.Read((line, _, _) =>
            {
                try
                {
                    UsageRowJson.Read(line);
                }
                catch (InvalidDataException)
                {
                    unreadable.Add(line.ToArray());
                }
            });
        }

        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        int lines = 0;
        foreach (UsageRow row in rows.Values.Where(r => Month(r.Date) == month).OrderBy(r => r.Key, UsageKey.Order))
        {
            UsageRowJson.Write(buffer, row);
            lines++;
        }

        file.Log.Replace(stream =>
        {
            stream.Write(buffer.WrittenSpan);
            foreach (byte[] line in unreadable)
            {
                stream.Write(line);
                stream.WriteByte((byte)'\n');
            }
        });
        file.Lines = lines;
        file.Superseded = 0;
        file.Bytes = buffer.WrittenCount;
    }

    [GeneratedRegex(@"^tokens-(\d{4}-\d{2})\.jsonl$")]
    private static partial Regex MonthName();

    private sealed class MonthFile(JsonlLog log)
    {
        public JsonlLog Log { get; } = log;

        public long Lines { get; set; }

        public long Superseded { get; set; }

        public long Unreadable { get; set; }

        public long Bytes { get; set; }
    }
}
