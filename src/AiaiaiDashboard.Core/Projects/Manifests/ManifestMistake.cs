using System.Text.Json;
using System.Xml;
using Tomlyn;

namespace AiaiaiDashboard.Core.Projects.Manifests;

/// <summary>Says in plain words where a manifest does not parse; what the parsers say is meant for programmers.</summary>
internal static class ManifestMistake
{
    /// <summary>Whether a reader throws this for a manifest that is not one.</summary>
    public static bool Is(Exception exception) =>
        exception is JsonException or XmlException or TomlException or FormatException or InvalidOperationException or ArgumentException;

    /// <summary>One sentence that names the file and the place.</summary>
    /// <param name="file">Path relative to the project.</param>
    /// <param name="text">What it holds.</param>
    /// <param name="exception">Why it could not be read.</param>
    public static string Describe(string file, string text, Exception exception) => exception switch
    {
        // Our own words.
        FormatException => $"{file} does not parse: {exception.Message}",
        _ when string.IsNullOrWhiteSpace(text) => $"{file} does not parse: it is empty.",
        XmlException when text.Contains("<!DOCTYPE", StringComparison.OrdinalIgnoreCase) => $"{file} does not parse: a document type is not allowed in it.",
        // "'}' is an invalid start of a value. LineNumber: 1 | BytePositionInLine: 5.": counted from 0
        JsonException { LineNumber: { } line } json => $"{file} does not parse: {Place("JSON", line + 1, json.BytePositionInLine + 1)}",
        XmlException { LineNumber: > 0 } xml => $"{file} does not parse: {Place("XML", xml.LineNumber, xml.LinePosition)}",
        TomlException { Line: > 0 } toml => $"{file} does not parse: {Place("TOML", toml.Line.Value, toml.Column)}",
        _ => $"{file} does not parse: it is not valid.",
    };

    private static string Place(string format, long line, long? position) => position is > 0
        ? FormattableString.Invariant($"it is no valid {format} at line {line}, position {position}.")
        : FormattableString.Invariant($"it is no valid {format} at line {line}.");
}
