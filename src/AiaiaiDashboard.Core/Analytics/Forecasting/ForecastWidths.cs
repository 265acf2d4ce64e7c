using System.IO.Hashing;
using System.Runtime.InteropServices;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Analytics.Forecasting;

/// <summary>
/// cache/forecast-widths.bin: how much wider intervals are than their spread (step "Width" of <see cref="SpendForecaster"/>), by the complete days that
/// was measured on. To measure it means to forecast every past day, of every project, and within a day it only changes where one of those days does. May be
/// deleted at any time. Not thread-safe.
/// </summary>
public sealed class ForecastWidths
{
    private const string File = "cache/forecast-widths.bin";
    private const ulong Magic = 0x3153_5444_4957_4941; // "AIWIDTS1"

    /// <summary>Widths kept at most: beyond it only those asked for last.</summary>
    private const int Max = 20_000;

    private readonly string path;
    private readonly DateOnly today;
    private readonly Dictionary<ulong, double> known;
    private readonly Dictionary<ulong, double> added = [];
    private readonly HashSet<ulong> asked = [];

    private ForecastWidths(string path, DateOnly today)
    {
        (this.path, this.today) = (path, today);
        known = CacheFile.Load(path, Magic, Read) ?? [];
    }

    // Another build may measure otherwise.
    private static Guid Build => typeof(ForecastWidths).Module.ModuleVersionId;

    /// <summary>Reads what was measured before; without it everything is measured anew.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="today">The day it is for: on the next, every history is longer by one.</param>
    public static ForecastWidths Load(DataDirectory directory, DateOnly today) => new(directory.PathOf(File), today);

    /// <summary>Writes what was measured since.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save()
    {
        if (added.Count > 0)
        {
            CacheFile.Replace(path, stream => CacheFile.Write(stream, Magic, Write));
        }
    }

    /// <summary>The width for a history.</summary>
    /// <param name="days">USD per complete day, oldest first.</param>
    /// <param name="firstWeekday">Weekday of the first of them, 0 is Sunday.</param>
    /// <param name="ahead">Days to forecast.</param>
    /// <param name="measured">The width; null where it has to be measured, and then told to <see cref="Keep"/>.</param>
    /// <returns>What names the history there.</returns>
    internal ulong Find(ReadOnlySpan<double> days, int firstWeekday, int ahead, out double? measured)
    {
        ulong history = XxHash64.HashToUInt64(MemoryMarshal.AsBytes(days), ((long)ahead << 8) | (uint)firstWeekday);
        asked.Add(history);
        measured = known.TryGetValue(history, out double width) || added.TryGetValue(history, out width) ? width : null;
        return history;
    }

    /// <summary>Keeps a width.</summary>
    /// <param name="history">What <see cref="Find"/> gave.</param>
    /// <param name="width">What was measured.</param>
    internal void Keep(ulong history, double width) => added[history] = width;

    private Dictionary<ulong, double> Read(BinaryReader reader)
    {
        var widths = new Dictionary<ulong, double>();
        if (new Guid(reader.ReadBytes(16)) == Build && reader.ReadInt32() == today.DayNumber)
        {
            for (int i = reader.ReadInt32(); i > 0; i--)
            {
                widths[reader.ReadUInt64()] = reader.ReadDouble();
            }
        }

        return widths;
    }

    private void Write(BinaryWriter writer)
    {
        bool areTooMany = known.Count + added.Count > Max;
        var all = new Dictionary<ulong, double>(added);
        foreach ((ulong history, double width) in known)
        {
            if (!areTooMany || asked.Contains(history))
            {
                all[history] = width;
            }
        }

        writer.Write(Build.ToByteArray());
        writer.Write(today.DayNumber);
        writer.Write(all.Count);
        ulong[] histories = [.. all.Keys];
        Array.Sort(histories);
        foreach (ulong history in histories)
        {
            writer.Write(history);
            writer.Write(all[history]);
        }
    }
}
