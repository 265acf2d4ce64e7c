namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>
/// Cobertura XML (coverlet, coverage.py, gcovr, istanbul): <c>&lt;coverage line-rate="0.8" lines-covered="8" lines-valid="10"&gt;&lt;sources&gt;&lt;source&gt;/w/shop/&lt;/source&gt;&lt;/sources&gt;</c>
/// <c>... &lt;class filename="src/a.cs"&gt;&lt;lines&gt;&lt;line number="12" hits="3"/&gt;</c>. A file has one class or several. Methods list their lines too,
/// in istanbul's reports others than the class does: the class's count.
/// </summary>
internal static class CoberturaReport
{
    /// <summary>Reads it, its root element read already.</summary>
    /// <exception cref="System.Xml.XmlException">It is no XML.</exception>
    /// <exception cref="InvalidDataException">It is damaged or another format.</exception>
    public static CoverageData Read(ReportXml xml)
    {
        var data = new CoverageData();
        ReadStated(xml, data);
        FileCoverage? file = null;
        bool isClover = false;
        bool inMethods = false;
        while (xml.Next())
        {
            switch (xml.Name)
            {
                case "methods":
                    inMethods = !xml.IsEnd;
                    break;
                case "source" when !xml.IsEnd:
                    data.Folders.Add(xml.ReadText().Trim());
                    break;
                case "class":
                    file = xml.IsEnd ? null : data.File(xml.Attribute("filename") ?? throw xml.Wrong("a class has no filename"));
                    break;
                case "line" when !xml.IsEnd && file is not null && !inMethods:
                    data.Add(file, xml.Count("number") ?? throw xml.Wrong("a line has no number"), 1, (ReportXml.ParseNumber(xml.Attribute("hits")) ?? throw xml.Wrong("a line has no hits")) != 0);
                    break;
                case "project" when !xml.IsEnd && xml.Depth == 1:
                    isClover = true;
                    break;
            }
        }

        return isClover ? throw new InvalidDataException("is a Clover report. Let the tool write Cobertura, lcov or a JSON summary.")
            : data.IsEmpty ? throw new InvalidDataException("names no line.")
            : data;
    }

    private static void ReadStated(ReportXml xml, CoverageData data)
    {
        if (xml.Count("lines-valid") is { } valid && xml.Count("lines-covered") is { } covered)
        {
            data.Stated = covered <= valid ? (covered, valid) : throw xml.Wrong("more lines ran than there are");
        }

        data.StatedPercent = xml.Number("line-rate") is >= 0 and <= 1 and { } rate ? rate * 100 : null;
    }
}
