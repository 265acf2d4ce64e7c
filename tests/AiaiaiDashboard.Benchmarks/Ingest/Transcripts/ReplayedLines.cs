using System.Text;

namespace AiaiaiDashboard.Benchmarks.Ingest.Transcripts;

/// <summary>Lines of earlier calls that a resumed session writes again, in its own file and with all their ids.</summary>
internal sealed class ReplayedLines(SeededRandom random)
{
    private const int Kept = 4000;

    private readonly List<string> lines = [];

    /// <summary>Keeps the line, or not.</summary>
    public void Offer(StringBuilder line)
    {
        if (lines.Count < Kept)
        {
            lines.Add(line.ToString());
        }
        else if (random.Chance(.02))
        {
            lines[random.Between(0, Kept)] = line.ToString();
        }
    }

    /// <summary>Writes a run of them as they were.</summary>
    public void WriteResumed(TranscriptOutput output)
    {
        int count = Math.Min(random.Between(3, 60), lines.Count);
        int first = random.Between(0, lines.Count - count + 1);
        for (int i = first; i < first + count && !output.IsFull; i++)
        {
            output.Write(new StringBuilder(lines[i]));
        }
    }

    /// <summary>Writes one as a side question does: the same message, another request.</summary>
    public void WriteSideQuestion(TranscriptOutput output)
    {
        const string Request = "\"requestId\":\"";
        if (lines.Count > 0)
        {
            string line = random.Pick(lines);
            int id = line.IndexOf(Request, StringComparison.Ordinal) + Request.Length;
            int end = line.IndexOf('"', id);
            output.Write(new StringBuilder(line).Remove(id, end - id).Insert(id, $"req_011{random.Base58(21)}").Replace("\"isSidechain\":false", "\"isSidechain\":true"));
        }
    }
}
