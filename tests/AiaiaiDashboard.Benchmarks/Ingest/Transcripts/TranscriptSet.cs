namespace AiaiaiDashboard.Benchmarks.Ingest.Transcripts;

/// <summary>How the lines of a set look.</summary>
internal enum TranscriptStyle
{
    /// <summary>As measured in the wild.</summary>
    Real,

    /// <summary>Every line a call with usage.</summary>
    Dense,
}

/// <summary>
/// A directory of transcripts as Claude Code leaves it, the same bytes in every run: half a year of 40 projects, more of it recent, with resumed
/// sessions, subagents and lines cut off by a kill.
/// </summary>
/// <param name="root">Becomes a config directory of Claude Code.</param>
/// <param name="style">Of the lines.</param>
internal sealed class TranscriptSet(string root, TranscriptStyle style)
{
    private const int Projects = 40;
    private const int Days = 180;

    private static readonly DateTimeOffset LastDay = new(2026, 9, 30, 0, 0, 0, TimeSpan.Zero);
    private static readonly int[] WorkingHours = [8, 9, 9, 10, 11, 13, 14, 15, 16, 17, 20, 22];
    private static readonly string[] Owners = ["alice", "bob", "chen", "dora"];
    private static readonly string[] Branches = ["main", "main", "master", "feat/cache", "HEAD", ""];

    private readonly SeededRandom random = new(1);
    private TextPool? pool;
    private ReplayedLines? replays;
    private ((string Directory, string Branch) Item, double Weight)[] projects = [];
    private string? largest;
    private long largestBytes;

    public string Root => root;

    public long Bytes { get; private set; }

    public int Files { get; private set; }

    public long Lines { get; private set; }

    /// <summary>Adds sessions until the set has so many bytes. A set grown in steps is the set grown at once but for the file at each step.</summary>
    public void GrowTo(long bytes)
    {
        pool ??= new TextPool(random);
        replays ??= new ReplayedLines(random);
        projects = projects.Length > 0 ? projects : [.. Enumerable.Range(0, Projects).Select(Project)];
        while (Bytes < bytes)
        {
            AddSession(bytes);
        }
    }

    /// <summary>Goes on in the largest file whose last line is whole, as somebody does who works on.</summary>
    public void Append(long bytes)
    {
        string path = largest ?? throw new InvalidOperationException("An empty set has no file to go on in.");
        WriteFile(path, bytes, Session(new SessionPlace("/home/alice/src/continued", "main", LastDay.AddHours(9), Era.At(1), random.Uuid(), null)), null);
    }

    private void AddSession(long target)
    {
        (string directory, string branch) = random.Pick(projects);
        double share = Math.Pow(random.Fraction(), .7);
        DateTimeOffset day = LastDay.AddDays(-Days).AddDays(Math.Floor(share * Days));
        var place = new SessionPlace(directory, branch, day.AddHours(random.Pick(WorkingHours)).AddSeconds(random.Between(0, 3600)), Era.At(share), random.Uuid(), null);
        string folder = Path.Combine(root, "projects", string.Concat(directory.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')));
        bool isResumed = style == TranscriptStyle.Real && random.Chance(.05);
        AddFile(Path.Combine(folder, $"{place.Id}.jsonl"), target, 1, Session(place), isResumed ? replays!.WriteResumed : null);
        if (style == TranscriptStyle.Real && place.Era.HasAgentFiles && random.Chance(.3))
        {
            for (int agents = random.Between(1, 5); agents > 0 && Bytes < target; agents--)
            {
                SessionPlace agent = place with { Agent = random.Hex(17), Start = place.Start.AddMinutes(random.Between(1, 60)) };
                AddFile(Path.Combine(folder, place.Id, "subagents", $"agent-{agent.Agent}.jsonl"), target, .5, Session(agent), random.Chance(.1) ? replays!.WriteSideQuestion : null);
            }
        }
    }

    private void AddFile(string path, long target, double scale, TranscriptSession session, Action<TranscriptOutput>? first)
    {
        long size = WriteFile(path, Math.Min((long)(MeasuredSizes.File.Draw(random) * scale), target - Bytes), session, first);
        Files++;
        if (style == TranscriptStyle.Real && random.Chance(.01))
        {
            using var output = new TranscriptOutput(path, size);
            output.WriteTorn("{\"parentUuid\":\"cut-off\",\"isSidechain\":false,\"type\":\"assistant\",\"message\":{\"usage\":{\"input_to");
            Bytes += output.Bytes;
        }
        else if (size > largestBytes)
        {
            (largest, largestBytes) = (path, size);
        }
    }

    private long WriteFile(string path, long size, TranscriptSession session, Action<TranscriptOutput>? first)
    {
        using var output = new TranscriptOutput(path, size);
        first?.Invoke(output);
        session.Write(output);
        Bytes += output.Bytes;
        Lines += output.Lines;
        return output.Bytes;
    }

    private TranscriptSession Session(SessionPlace place) =>
        style == TranscriptStyle.Dense ? new DenseSession(place, random, pool!) : new RealSession(place, random, pool!, replays!);

    private ((string, string), double) Project(int number) =>
        (($"/home/{random.Pick(Owners)}/src/{pool!.Word()}-{pool.Word()}-{number:000}", random.Pick(Branches)), 1 / Math.Pow(number + 1, .8));
}
