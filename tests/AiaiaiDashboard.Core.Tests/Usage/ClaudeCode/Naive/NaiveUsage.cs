using System.Globalization;
using System.Text;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode.Naive;

/// <summary>
/// A second reading of the rules R4 to R32, by nobody's code but its own: slow, straight, with documents, decimals and dictionaries. Where it and the
/// product differ, one of them read a rule wrongly.
/// </summary>
internal sealed class NaiveUsage(NaivePrices prices, TimeZoneInfo zone)
{
    private readonly List<NaiveStatement> statements = [];
    private int malformed;

    /// <summary>Lines and items that could not be used.</summary>
    public int Malformed => malformed;

    /// <summary>Takes in a transcript.</summary>
    /// <param name="path">Below <c>projects</c>.</param>
    /// <param name="bytes">All of it.</param>
    public void Add(string path, byte[] bytes)
    {
        int start = 0;
        while (start < bytes.Length)
        {
            int end = Array.IndexOf(bytes, (byte)'\n', start);
            bool isLast = end < 0;
            end = isLast ? bytes.Length : end;
            statements.AddRange(NaiveLine.Read(Encoding.UTF8.GetString(bytes, start, end - start), path, start, isLast, prices, ref malformed));
            start = end + 1;
        }
    }

    /// <summary>The rows, one line each, in order.</summary>
    public List<string> Rows()
    {
        var rows = new Dictionary<string, Row>(StringComparer.Ordinal);
        foreach (NaiveStatement call in Calls())
        {
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(call.At, zone).DateTime);
            string key = FormattableString.Invariant($"{day:yyyy-MM-dd} {call.Project} {call.Session} {prices.Key(call.Model) ?? call.Model}{(call.IsFast ? "-fast" : "")}");
            (decimal cost, bool isPriced) = prices.Cost(call, day);
            Row row = rows.GetValueOrDefault(key) ?? new Row();
            rows[key] = new Row(
                row.Calls + 1, row.Input + call.Input, row.Output + call.Output, row.Write + call.Write5m + call.Write1h, row.Write1h + call.Write1h, row.Read + call.CacheRead, row.Cost + cost, row.Unpriced || !isPriced);
        }

        return [.. rows.Select(r => r.Value.Describe(r.Key)).Order(StringComparer.Ordinal)];
    }

    // R15 and R17 to R19.
    private IEnumerable<NaiveStatement> Calls()
    {
        foreach (IGrouping<string, NaiveStatement> message in statements.GroupBy(s => s.MessageId.Length > 0 ? $"id {s.MessageId}" : $"place {s.Place}", StringComparer.Ordinal))
        {
            List<IGrouping<string, NaiveStatement>> requests = [.. message.GroupBy(s => s.RequestId, StringComparer.Ordinal)];
            List<IGrouping<string, NaiveStatement>> main = [.. requests.Where(r => r.Any(s => !s.IsSidechain))];
            IEnumerable<IEnumerable<NaiveStatement>> kept = requests.Count == 1 ? requests : main.Count > 0 ? main : [message];
            foreach (NaiveStatement call in kept.SelectMany(lines => lines.GroupBy(s => s.Position)).Select(Merge))
            {
                if (call.Input + call.Output + call.CacheRead + call.Write5m + call.Write1h + call.Searches + (call.Cost ?? 0) > 0)
                {
                    yield return call;
                }
            }
        }
    }

    // R15 and R16.
    private static NaiveStatement Merge(IEnumerable<NaiveStatement> lines)
    {
        NaiveStatement[] all = [.. lines];
        NaiveStatement first = all
            .OrderBy(s => s.At)
            .ThenBy(s => s.Session, CodePoints).ThenBy(s => s.Project, CodePoints).ThenBy(s => s.Model, CodePoints).First();
        NaiveStatement[] writing = all.Any(s => s.HasSplit) ? [.. all.Where(s => s.HasSplit)] : all;
        return first with
        {
            Input = all.Max(s => s.Input),
            Output = all.Max(s => s.Output),
            CacheRead = all.Max(s => s.CacheRead),
            Searches = all.Max(s => s.Searches),
            Write5m = writing.Max(s => s.Write5m),
            Write1h = writing.Max(s => s.Write1h),
            IsFast = all.Any(s => s.IsFast),
            IsUs = all.Any(s => s.IsUs),
            IsBatch = all.Any(s => s.IsBatch),
            Cost = all.Max(s => s.Cost),
        };
    }

    private static Comparer<string> CodePoints { get; } = Comparer<string>.Create((a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));

    private sealed record Row(
        int Calls = 0, decimal Input = 0, decimal Output = 0, decimal Write = 0, decimal Write1h = 0, decimal Read = 0, decimal Cost = 0, bool Unpriced = false)
    {
        public string Describe(string key) => string.Create(
            CultureInfo.InvariantCulture, $"{key}: {Calls} calls {Input}+{Output}+{Write}({Write1h})+{Read} ${Cost:0.############}{(Unpriced ? " unpriced" : "")}");
    }
}
