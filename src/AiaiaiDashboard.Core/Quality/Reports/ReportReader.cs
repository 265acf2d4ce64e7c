using System.Text.Json;
using System.Xml;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Usage.ClaudeCode;

namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>Reads a report of any known format: what it is, its content says. Streams, within bounds, and believes nothing.</summary>
internal static class ReportReader
{
    /// <summary>Longest reason, characters.</summary>
    public const int MaxReason = 200;

    private const int SniffedBytes = 512;

    /// <summary>Reads a file.</summary>
    /// <param name="path">A path that was found to lie in the project.</param>
    /// <param name="cancel">Stops within a block of it.</param>
    /// <exception cref="InvalidDataException">It cannot be used; the message says why, without naming the file.</exception>
    public static Report Read(string path, CancellationToken cancel)
    {
        try
        {
            // A pipe or a device would block or never end.
            if (!FileIdentity.TryRead(path, out FileIdentity identity) || !identity.IsRegular)
            {
                throw new InvalidDataException("is no file.");
            }

            if (identity.Length > ReportStream.MaxBytes)
            {
                throw new InvalidDataException(ReportStream.TooLarge);
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);
            return Read(file, Path.GetFileName(path), cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && e is not InvalidDataException)
        {
            throw new InvalidDataException($"could not be read: {ProjectNames.OneLine(e.Message, MaxReason)}", e);
        }
    }

    /// <summary>Reads a stream that can seek.</summary>
    public static Report Read(Stream file, string name, CancellationToken cancel)
    {
        try
        {
            Span<byte> start = stackalloc byte[SniffedBytes];
            int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            file.Position = 0;
            return Read(new ReportStream(file, cancel), WithoutMark(start[..length]), name);
        }
        catch (Exception e) when (e is JsonException or XmlException)
        {
            throw new InvalidDataException($"is damaged: {ProjectNames.OneLine(e.Message, MaxReason)}", e);
        }
    }

    private static Report Read(ReportStream stream, ReadOnlySpan<byte> start, string name)
    {
        if (start.IsEmpty)
        {
            throw new InvalidDataException("is empty.");
        }

        if (start[0] == (byte)'{')
        {
            bool isLighthouse = name.Contains("lighthouse", StringComparison.OrdinalIgnoreCase) || name.StartsWith("lhr", StringComparison.OrdinalIgnoreCase);
            return isLighthouse
                ? new Report("Lighthouse JSON") { Lighthouse = LighthouseReport.Read(new ReportJson(stream)) }
                : new Report("Istanbul JSON summary") { Coverage = IstanbulSummary.Read(new ReportJson(stream)) };
        }

        if (start[0] == (byte)'<' || start.StartsWith("\uFEFF"u8) || start[0] >= 0xFE)
        {
            using var xml = new ReportXml(stream);
            return ReadXml(xml);
        }

        if (start.StartsWith("mode:"u8))
        {
            return new Report("Go cover profile") { Coverage = GoCoverProfile.Read(new ReportLines(stream)) };
        }

        return start.StartsWith("TN:"u8) || start.StartsWith("SF:"u8) || start[0] == (byte)'#'
            ? new Report("lcov") { Coverage = LcovReport.Read(new ReportLines(stream)) }
            : throw new InvalidDataException("is in no format that is read here.");
    }

    private static Report ReadXml(ReportXml xml)
    {
        if (!xml.Next())
        {
            throw new InvalidDataException("is empty.");
        }

        return xml.Name switch
        {
            "coverage" => new Report("Cobertura") { Coverage = CoberturaReport.Read(xml) },
            "report" => new Report("JaCoCo") { Coverage = JacocoReport.Read(xml) },
            "testsuites" or "testsuite" => new Report("JUnit") { Tests = JUnitReport.Read(xml) },
            "TestRun" => TrxReport.Read(xml),
            _ => throw new InvalidDataException("is XML in no format that is read here."),
        };
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> start) =>
        (start.StartsWith("\uFEFF"u8) ? start[3..] : start).TrimStart(" \t\r\n"u8);
}
