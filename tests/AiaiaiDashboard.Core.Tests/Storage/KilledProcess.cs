using System.Diagnostics;
using System.Globalization;

namespace AiaiaiDashboard.Core.Tests.Storage;

/// <summary>The crash harness as a process of its own, which is killed without warning.</summary>
internal sealed class KilledProcess : IDisposable
{
    private readonly Process process;

    public KilledProcess(string mode, string directory)
    {
        string harness = Path.Combine(AppContext.BaseDirectory, "AiaiaiDashboard.CrashHarness.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", harness, mode, directory])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_TieredCompilation"] = "1", ["DOTNET_gcServer"] = "0" },
        };
        process = Process.Start(start)!;
    }

    public int Id => process.Id;

    /// <summary>The next number it acknowledges; -1 at its end.</summary>
    public int Next() => process.StandardOutput.ReadLine() is { } line ? int.Parse(line, CultureInfo.InvariantCulture) : -1;

    /// <summary>Lets it acknowledge some numbers, then kills it (SIGKILL) a moment later.</summary>
    /// <returns>The last number it acknowledged, read after its death.</returns>
    public int KillAfter(int acknowledgements, TimeSpan more)
    {
        int last = 0;
        for (int i = 0; i < acknowledgements; i++)
        {
            last = Next();
            Assert.True(last > 0, process.HasExited ? process.StandardError.ReadToEnd() : "no number");
        }

        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < more)
        {
            Thread.SpinWait(20);
        }

        process.Kill();
        int next;
        while ((next = Next()) > 0)
        {
            last = next;
        }

        process.WaitForExit();
        return last;
    }

    /// <summary>Ends its input and waits.</summary>
    public (int ExitCode, string Error) Finish()
    {
        process.StandardInput.Close();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }
}
