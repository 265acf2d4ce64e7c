using System.Diagnostics;

namespace AiaiaiDashboard.Benchmarks.Ingest;

/// <summary>What one run of a program took.</summary>
/// <param name="Wall">From its start to its end.</param>
/// <param name="Processor">User and system time; null where the system does not tell.</param>
/// <param name="PeakBytes">The most memory it had.</param>
internal sealed record ProcessRun(TimeSpan Wall, TimeSpan? Processor, long PeakBytes);

/// <summary>A program that is run and measured as a whole, in an environment of its own.</summary>
/// <param name="file">The program.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="environment">Its variables beside those every program needs.</param>
internal sealed class MeasuredProcess(string file, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
{
    private static readonly TimeSpan MemoryPoll = TimeSpan.FromMilliseconds(10);
    private static readonly string[] Needed = ["PATH", "TMPDIR", "TEMP", "TMP", "SystemRoot", "LANG"];

    /// <summary>Runs it. Throws <see cref="InvalidOperationException"/> with what it said when it fails.</summary>
    public ProcessRun Run()
    {
        TimeSpan? before = ChildTimes.Total();
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(StartInfo()) ?? throw new InvalidOperationException($"{file} did not start.");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(MemoryPoll))
        {
            peak = Math.Max(peak, ChildTimes.PeakMemory(process));
        }

        TimeSpan wall = Stopwatch.GetElapsedTime(begin);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{file} ended with code {process.ExitCode}: {output.Result}{error.Result}");
        }

        return new ProcessRun(wall, ChildTimes.Total() - before, peak);
    }

    private ProcessStartInfo StartInfo()
    {
        var info = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment.Clear();
        foreach (string name in Needed)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                info.Environment[name] = value;
            }
        }

        foreach ((string name, string value) in environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }
}
