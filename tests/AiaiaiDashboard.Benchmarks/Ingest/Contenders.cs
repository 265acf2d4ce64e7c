using System.Runtime.InteropServices;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Benchmarks.Ingest;

/// <summary>What is compared on one set: our sync, the peer, and reading the bytes.</summary>
internal sealed class Contenders
{
    private const int BufferBytes = 1024 * 1024;

    private readonly string data;
    private readonly string transcripts;
    private readonly MeasuredProcess sync;
    private readonly MeasuredProcess? peer;

    /// <param name="program">Our executable.</param>
    /// <param name="peerProgram">Of ccusage; null when it could not be had.</param>
    /// <param name="transcripts">Config directory of Claude Code that both read.</param>
    /// <param name="folder">For our data directory and a home directory with nothing in it.</param>
    public Contenders(string program, string? peerProgram, string transcripts, string folder)
    {
        this.transcripts = transcripts;
        data = Path.Combine(folder, "data");
        string home = Directory.CreateDirectory(Path.Combine(folder, "home")).FullName;
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = home,
            ["USERPROFILE"] = home,
            ["CLAUDE_CONFIG_DIR"] = transcripts,
            ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")),
        };
        sync = new MeasuredProcess(program, ["sync", "--data", data], environment);
        peer = peerProgram is null ? null : new MeasuredProcess(peerProgram, ["claude", "daily", "--json", "--offline", "-z", "UTC"], environment);
    }

    /// <summary>A sync into an empty data directory.</summary>
    public ProcessRun ColdSync()
    {
        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }

        // The peer counts every call however old, and its days are those of UTC: the same work for both.
        string config = Path.Combine(data, DataFiles.Sync);
        Directory.CreateDirectory(Path.GetDirectoryName(config)!);
        File.WriteAllText(config, """{ "timeZone": "UTC", "retentionMonths": 1200 }""");
        return sync.Run();
    }

    /// <summary>A sync into the data directory as the last one left it.</summary>
    public ProcessRun Sync() => sync.Run();

    /// <summary>The peer, which reads everything anew each time; null without it.</summary>
    public ProcessRun? Peer() => peer?.Run();

    /// <summary>Time to read every byte of every transcript, one after the other.</summary>
    public TimeSpan ReadBytes()
    {
        long begin = System.Diagnostics.Stopwatch.GetTimestamp();
        byte[] buffer = new byte[BufferBytes];
        foreach (string path in Directory.EnumerateFiles(transcripts, "*.jsonl", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            while (stream.Read(buffer) > 0)
            {
            }
        }

        return System.Diagnostics.Stopwatch.GetElapsedTime(begin);
    }
}
