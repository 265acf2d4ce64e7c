using System.Text;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>Which measured source counts per project and day (CONTRACT.md §2).</summary>
internal static class UsageRanking
{
    // Measured sources by how much they are worth; 0 is none.
    private const int EarlierApiSync = 1;
    private const int ApiSync = 2;
    private const int Transcripts = 3;

    /// <summary>Parts rows into those that count and those a better source outranks.</summary>
    /// <param name="index">The rows.</param>
    /// <param name="projects">The projects they count for.</param>
    /// <param name="sorted">Places in it, ordered by key: rows of one project and day stand together.</param>
    public static (int[] Counted, int[] Outranked) Rank(LedgerIndex index, ProjectNumbers projects, ReadOnlySpan<int> sorted)
    {
        int[] worth = new int[index.Sources.Count];
        for (int code = 0; code < worth.Length; code++)
        {
            worth[code] = Worth(index.Sources[code]);
        }

        byte[] autoSync = Encoding.UTF8.GetBytes(Manual.ManualEntry.AutoSync);
        var counted = new List<int>(sorted.Length);
        var outranked = new List<int>();
        for (int start = 0; start < sorted.Length;)
        {
            ref readonly UsageFacts first = ref index.Facts(sorted[start]);
            int end = start;
            int best = 0;
            int least = int.MaxValue;
            for (; end < sorted.Length && SameDay(in first, in index.Facts(sorted[end])); end++)
            {
                int standing = Standing(sorted[end]);
                best = Math.Max(best, standing);
                least = Math.Min(least, standing);
            }

            for (; start < end; start++)
            {
                int standing = least < best ? Standing(sorted[start]) : 0;
                bool beaten = standing > 0 && standing < best;
                (beaten ? outranked : counted).Add(sorted[start]);
            }
        }

        return ([.. counted], [.. outranked]);

        bool SameDay(in UsageFacts a, in UsageFacts b) => a.Day == b.Day && projects.Of(in a) == projects.Of(in b);

        int Standing(int place)
        {
            int standing = worth[index.Facts(place).Source];
            return standing == ApiSync && index.Session(place).SequenceEqual(autoSync) ? EarlierApiSync : standing;
        }
    }

    private static int Worth(string source) => source == UsageSource.ClaudeCode ? Transcripts : source == UsageSource.AnthropicAdmin ? ApiSync : 0;
}
