using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace AiaiaiDashboard.Benchmarks.Ingest;

/// <summary>
/// Processor time and memory of children. Linux forgets the times of a process before one could ask for them, but adds them up for its parent.
/// </summary>
internal static class ChildTimes
{
    private const int Children = -1;
    private const int RusageFields = 18;

    /// <summary>User and system time of all children that ended so far; null where the system does not tell.</summary>
    public static TimeSpan? Total()
    {
        if (!OperatingSystem.IsLinux() || IntPtr.Size != sizeof(long))
        {
            return null;
        }

        // struct rusage: seconds and microseconds of user time, the same of system time, then 14 counts.
        long[] fields = new long[RusageFields];
        return GetRusage(Children, fields) == 0
            ? TimeSpan.FromSeconds(fields[0] + fields[2]) + TimeSpan.FromMicroseconds(fields[1] + fields[3])
            : null;
    }

    /// <summary>The most memory the process had so far, in bytes; 0 when it has ended.</summary>
    public static long PeakMemory(Process process)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                process.Refresh();
                return process.PeakWorkingSet64;
            }

            // Process would read about every thread too, which takes time from what is measured.
            const string Peak = "VmHWM:";
            string? line = File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(l => l.StartsWith(Peak, StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line.AsSpan(Peak.Length, line.Length - Peak.Length - " kB".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException)
        {
            return 0;
        }
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    private static extern int GetRusage(int who, [Out] long[] usage);
}
