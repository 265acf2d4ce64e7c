namespace AiaiaiDashboard.Core.Projects.Manifests;

/// <summary>Reads go.mod: <c>module example.org/shop</c> and <c>require</c> lines such as <c>github.com/gin-gonic/gin v1.10.0</c>.</summary>
internal static class GoMod
{
    private static readonly (string Module, string Technology)[] Known =
    [
        ("github.com/gin-gonic/gin", "Gin"), ("github.com/labstack/echo", "Echo"), ("github.com/gofiber/fiber", "Fiber"),
        ("github.com/go-chi/chi", "Chi"), ("google.golang.org/grpc", "gRPC"), ("gorm.io/gorm", "GORM"), ("github.com/spf13/cobra", "Cobra"),
        ("k8s.io/client-go", "Kubernetes"), ("github.com/charmbracelet/bubbletea", "Bubble Tea"),
    ];

    /// <summary>Adds what the manifest says.</summary>
    /// <exception cref="FormatException">It has no module line, so it is no go.mod.</exception>
    public static void Read(string text, ManifestFacts facts)
    {
        bool module = false;
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (ReadOnlySpan<char> raw in text.TrimStart('\ufeff').AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> line = raw.Trim();
            module |= line.StartsWith("module ") || line.StartsWith("module\t");
            if (line.StartsWith("require "))
            {
                line = line["require ".Length..].TrimStart();
            }

            foreach ((string name, string technology) in Known)
            {
                // A major version is part of the path: github.com/labstack/echo/v4.
                if (line.StartsWith(name) && line.Length > name.Length && " /\t".Contains(line[name.Length]))
                {
                    found.Add(technology);
                }
            }
        }

        if (!module)
        {
            throw new FormatException("the module line is missing.");
        }

        facts.Add("Go");
        foreach ((_, string technology) in Known)
        {
            if (found.Contains(technology))
            {
                facts.Add(technology);
            }
        }
    }
}
