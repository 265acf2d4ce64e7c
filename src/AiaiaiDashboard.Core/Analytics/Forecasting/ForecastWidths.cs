using System.IO.Hashing;
using System.Runtime.InteropServices;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Analytics.Forecasting;

/// <summary>
/// cache/forecast-widths.bin: how much wider intervals are than their spread (step "Width" of <see cref="SpendForecaster"/>), by the complete days that
/// was measured on. To measure it means to forecast every past day, of every project, and it only changes when one of those days does. May be deleted at
/// any time. Not thread-safe.
/// </summary>
public sealed class ForecastWidths
{
    private const string File = "cache/forecast-widths.bin";
    private const ulong Magic = 0x3153_5444_4957_4941; // "AIWIDTS1"

    private readonly string path;
    private readonly Dictionary<ulong, double> known;
    private readonly Dictionary<ulong, double> used = [];

    private ForecastWidths(string path, Dictionary<ulong, double> known)
    {
        this.path = path;
        this.known = known;
    }

    // Another build may measure otherwise.
    private static Guid Build => typeof(ForecastWidths).Module.ModuleVersionId;

    /// <summary>Reads what was measured before; without it everything is measured anew.</summary>
    public static ForecastWidths Load(DataDirectory directory)
    {
        string path = directory.PathOf(File);
        return new ForecastWidths(path, CacheFile.Load(path, Magic, Read) ?? []);
    }

    /// <summary>Keeps what was asked for since, and nothing else.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save()
    {
        bool isKept = used.Count == known.Count;
        foreach (ulong history in used.Keys)
        {
            isKept &= known.ContainsKey(history);
        }

        if (!isKept)
        {
            CacheFile.Replace(path, stream => CacheFile.Write(stream, Magic, Write));
        }
    }

    /// <summary>The width for a history.</summary>
    /// <param name="days">USD per complete day, oldest first.</param>
    /// <param name="firstWeekday">Weekday of the first of them, 0 is Sunday.</param>
    /// <param name="ahead">Days to forecast.</param>
    /// <param name="measured">Null where it has to be measured, and then told to <see cref="Keep"/>.</param>
    internal ulong Find(ReadOnlySpan<double> days, int firstWeekday, int ahead, out double? measured)
    {
        ulong history = XxHash64.HashToUInt64(MemoryMarshal.AsBytes(days), ((long)ahead << 8) | (uint)firstWeekday);
        measured = used.TryGetValue(history, out double width) || known.TryGetValue(history, out width) ? used[history] = width : null;
        return history;
    }

    /// <summary>Keeps a width.</summary>
    /// <param name="history">What <see cref="Find"/> gave.</param>
    /// <param name="width">What was measured.</param>
    internal void Keep(ulong history, double width) => used[history] = width;

    private static Dictionary<ulong, double> Read(BinaryReader reader)
    {
        var widths = new Dictionary<ulong, double>();
        if (new Guid(reader.ReadBytes(16)) == Build)
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
        writer.Write(Build.ToByteArray());
        writer.Write(used.Count);
        foreach ((ulong history, double width) in used)
        {
            writer.Write(history);
            writer.Write(width);
        }
    }
}
