using System.Buffers.Text;
using System.Text;

namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>
/// An lcov tracefile: <c>SF:src/a.js</c>, <c>DA:12,3</c> (line, hits; a checksum may follow), <c>LF:10</c>, <c>LH:8</c>, <c>end_of_record</c>. Other records (functions,
/// branches, what lcov 2 added) are passed over.
/// </summary>
internal static class LcovReport
{
    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It is damaged or no tracefile.</exception>
    public static CoverageData Read(ReportLines lines)
    {
        var data = new CoverageData();
        FileCoverage? file = null;
        (long? Found, long? Hit) counts = default;
        while (lines.Next(out ReadOnlySpan<byte> line))
        {
            if (line.StartsWith("SF:"u8))
            {
                file = data.File(Encoding.UTF8.GetString(line[3..].Trim(" \t"u8)));
                counts = default;
            }
            else if (line.StartsWith("DA:"u8) && file is not null)
            {
                ReadLine(line[3..], lines, data, file);
            }
            else if (line.StartsWith("LF:"u8))
            {
                counts.Found = Number(line[3..], lines);
            }
            else if (line.StartsWith("LH:"u8))
            {
                counts.Hit = Number(line[3..], lines);
            }
            else if (line.StartsWith("end_of_record"u8) && file is not null)
            {
                Close(file, counts);
                file = null;
            }
            else if (line.Contains((byte)0))
            {
                throw lines.Wrong("is no text.");
            }
        }

        return file is not null ? throw new InvalidDataException("ends in the middle of a source file: it was cut off.")
            : data.IsEmpty ? throw new InvalidDataException("names no source file.")
            : data;
    }

    private static void ReadLine(ReadOnlySpan<byte> text, ReportLines lines, CoverageData data, FileCoverage file)
    {
        if (!Utf8Parser.TryParse(text, out int number, out int length) || number < 0 || length >= text.Length || text[length] != (byte)','
            || !Utf8Parser.TryParse(text[(length + 1)..], out decimal hits, out _))
        {
            throw lines.Wrong("expected DA:line,hits.");
        }

        // coverage.py writes DA:0 for an empty file, which has no line. Where a counter overflowed, hits are below zero: the line ran.
        if (number > 0)
        {
            data.Add(file, number, 1, hits != 0);
        }
    }

    private static void Close(FileCoverage file, (long? Found, long? Hit) counts)
    {
        if (!file.HasLines && counts is ( >= 0 and { } found, >= 0 and { } hit))
        {
            // The same empty file has LF:0 and LH:1.
            file.Set(Math.Min(hit, found), found);
        }
    }

    private static long Number(ReadOnlySpan<byte> text, ReportLines lines) =>
        Utf8Parser.TryParse(text, out int number, out _) && number >= 0 ? number : throw lines.Wrong("expected a whole number.");
}
