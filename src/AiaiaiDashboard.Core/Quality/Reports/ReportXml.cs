using System.Globalization;
using System.Xml;

namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>Reads XML reports element by element. A DOCTYPE is passed over unread and no entity of it exists, nothing is fetched, and nesting is bounded.</summary>
internal sealed class ReportXml : IDisposable
{
    /// <summary>Levels of nesting; real reports have about ten.</summary>
    public const int MaxDepth = 64;

    private readonly XmlReader reader;

    /// <summary>Begins to read.</summary>
    public ReportXml(Stream stream) => reader = XmlReader.Create(stream, new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        MaxCharactersFromEntities = 1024,
        MaxCharactersInDocument = ReportStream.MaxBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CloseInput = false,
    });

    /// <summary>Local name of the element read last.</summary>
    public string Name => reader.LocalName;

    /// <summary>Depth of the element read last; 0 is the root.</summary>
    public int Depth => reader.Depth;

    /// <summary>Whether the end of an element was read last (also of one without content, right after its beginning).</summary>
    public bool IsEnd { get; private set; }

    private bool endsAtOnce;

    /// <summary>Reads to the next beginning or end of an element; false at the end of the document.</summary>
    /// <exception cref="XmlException">It is no XML, or ends too early.</exception>
    /// <exception cref="InvalidDataException">It is nested too deeply.</exception>
    public bool Next()
    {
        if (endsAtOnce)
        {
            endsAtOnce = false;
            IsEnd = true;
            return true;
        }

        while (reader.Read())
        {
            if (reader.Depth > MaxDepth)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"is nested more than {MaxDepth} levels deep."));
            }

            if (reader.NodeType is XmlNodeType.Element or XmlNodeType.EndElement)
            {
                IsEnd = reader.NodeType == XmlNodeType.EndElement;
                endsAtOnce = !IsEnd && reader.IsEmptyElement;
                return true;
            }

            if (reader.NodeType == XmlNodeType.Text && text is { Length: < MaxText })
            {
                text += reader.Value.Length > MaxText ? "" : reader.Value;
            }
        }

        return false;
    }

    private const int MaxText = 4096;
    private string? text;

    /// <summary>The text of the element whose beginning was read last, without elements in it. Reads to its end.</summary>
    public string ReadText()
    {
        int depth = Depth;
        text = "";
        while (Next() && !(IsEnd && Depth == depth))
        {
        }

        string read = text;
        text = null;
        return read;
    }

    /// <summary>An attribute; null where it is missing.</summary>
    public string? Attribute(string name) => reader.GetAttribute(name);

    /// <summary>An attribute that is a count; null where it is missing.</summary>
    /// <exception cref="InvalidDataException">It is no whole number of 0 or more.</exception>
    public long? Count(string name) => reader.GetAttribute(name) is not { Length: > 0 } value ? null
        : long.TryParse(value, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long number) && number >= 0 ? number
        : throw Wrong($"{name} is no whole number of 0 or more");

    /// <summary>An attribute that is a decimal number; null where it is missing or none.</summary>
    public decimal? Number(string name) => ParseNumber(reader.GetAttribute(name));

    /// <summary>A number as reports write it, also in scientific notation or with thousands separators; null for anything else.</summary>
    public static decimal? ParseNumber(string? value) =>
        decimal.TryParse(value, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out decimal number) ? number : null;

    /// <summary>A failure at the element read last.</summary>
    public InvalidDataException Wrong(string what) => new(
        reader is IXmlLineInfo info && info.HasLineInfo()
            ? string.Create(CultureInfo.InvariantCulture, $"line {info.LineNumber}: {what}.")
            : what + ".");

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();
}
