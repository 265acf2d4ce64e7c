namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>
/// JaCoCo XML: <c>&lt;report&gt;&lt;package name="com/acme"&gt;&lt;sourcefile name="Cart.java"&gt;&lt;line nr="12" mi="0" ci="3"/&gt;</c> (instructions missed, covered), and
/// <c>&lt;counter type="LINE" missed="2" covered="8"/&gt;</c> on every level. Several modules stand in <c>group</c> elements.
/// </summary>
internal static class JacocoReport
{
    /// <summary>Reads it, its root element read already.</summary>
    /// <exception cref="System.Xml.XmlException">It is no XML.</exception>
    /// <exception cref="InvalidDataException">It is damaged or another format.</exception>
    public static CoverageData Read(ReportXml xml)
    {
        var data = new CoverageData();
        string package = "";
        FileCoverage? file = null;
        while (xml.Next())
        {
            if (xml.IsEnd)
            {
                file = xml.Name == "sourcefile" ? null : file;
                continue;
            }

            switch (xml.Name)
            {
                case "package":
                    package = xml.Attribute("name") ?? "";
                    break;
                case "sourcefile":
                    string name = xml.Attribute("name") ?? throw xml.Wrong("a source file has no name");
                    file = data.File(package.Length > 0 ? $"{package}/{name}" : name);
                    break;
                case "line" when file is not null:
                    data.Add(file, xml.Count("nr") ?? throw xml.Wrong("a line has no number"), 1, xml.Count("ci") > 0);
                    break;
                case "counter" when xml.Depth == 1 && xml.Attribute("type") == "LINE":
                    data.Stated = xml.Count("covered") is { } covered && xml.Count("missed") is { } missed ? (covered, covered + missed) : null;
                    break;
            }
        }

        return !data.IsEmpty ? data : throw new InvalidDataException("names no line. Compile with debug information.");
    }
}
