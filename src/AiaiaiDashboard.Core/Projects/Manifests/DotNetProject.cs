using System.Xml;

namespace AiaiaiDashboard.Core.Projects.Manifests;

/// <summary>Reads .csproj, .fsproj and .vbproj files as plain XML: nothing is evaluated, imported or resolved.</summary>
internal static class DotNetProject
{
    private static readonly Dictionary<string, string> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csproj"] = "C#",
        [".fsproj"] = "F#",
        [".vbproj"] = "Visual Basic",
    };

    private static readonly (string Prefix, string Technology)[] Packages =
    [
        ("MudBlazor", "Blazor"), ("Microsoft.AspNetCore.Components", "Blazor"), ("Microsoft.EntityFrameworkCore", "EF Core"), ("Avalonia", "Avalonia"),
        ("Microsoft.Orleans", "Orleans"), ("Aspire.", "Aspire"), ("Microsoft.SemanticKernel", "Semantic Kernel"), ("Grpc.AspNetCore", "gRPC"),
    ];

    /// <summary>Whether the name is that of a project file.</summary>
    public static bool IsProject(string file) => Languages.ContainsKey(Path.GetExtension(file));

    /// <summary>Adds what the project file says.</summary>
    /// <exception cref="XmlException">It is not XML, or it has a document type.</exception>
    public static void Read(string file, string text, ManifestFacts facts)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true };
        using var reader = XmlReader.Create(new StringReader(text), settings);
        var found = new List<string>();
        string? description = null;
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "Description")
            {
                description ??= ElementText(reader);
            }
            else if (reader.NodeType == XmlNodeType.Element)
            {
                ReadElement(reader, found);
            }
        }

        // Only now is it known that the whole file is well formed.
        facts.Describe(description);
        facts.Add(Languages[Path.GetExtension(file)]);
        facts.Add(".NET");
        foreach (string technology in found)
        {
            facts.Add(technology);
        }
    }

    private static void ReadElement(XmlReader reader, List<string> found)
    {
        switch (reader.LocalName)
        {
            case "Project":
                AddSdk(reader.GetAttribute("Sdk"), found);
                break;
            case "PackageReference" or "FrameworkReference":
                string? include = reader.GetAttribute("Include");
                found.AddRange(Packages.Where(p => include?.StartsWith(p.Prefix, StringComparison.OrdinalIgnoreCase) == true).Select(p => p.Technology));
                if (include == "Microsoft.AspNetCore.App")
                {
                    found.Add("ASP.NET Core");
                }

                break;
            case "UseWPF" when ElementText(reader) == "true":
                found.Add("WPF");
                break;
            case "UseMaui" when ElementText(reader) == "true":
                found.Add("MAUI");
                break;
        }
    }

    private static void AddSdk(string? sdk, List<string> found)
    {
        if (sdk?.StartsWith("Microsoft.NET.Sdk.Web", StringComparison.OrdinalIgnoreCase) == true)
        {
            found.Add("ASP.NET Core");
        }
        else if (sdk?.StartsWith("Microsoft.NET.Sdk.BlazorWebAssembly", StringComparison.OrdinalIgnoreCase) == true)
        {
            found.Add("Blazor");
        }
        else if (sdk?.StartsWith("Microsoft.NET.Sdk.Razor", StringComparison.OrdinalIgnoreCase) == true)
        {
            found.Add("ASP.NET Core");
        }
    }

    // Leaves the reader on the text or the end tag, so that the caller's next Read goes on behind it.
    private static string? ElementText(XmlReader reader) =>
        !reader.IsEmptyElement && reader.Read() && reader.NodeType is (XmlNodeType.Text or XmlNodeType.CDATA) ? reader.Value : null;
}
