using System.Buffers;
using Tomlyn;
using Tomlyn.Model;

namespace AiaiaiDashboard.Core.Projects.Manifests;

/// <summary>Reads pyproject.toml (PEP 621 and Poetry) and requirements.txt.</summary>
internal static class PythonManifests
{
    private static readonly (string Package, string Technology)[] Known =
    [
        ("fastapi", "FastAPI"), ("django", "Django"), ("flask", "Flask"), ("starlette", "Starlette"), ("streamlit", "Streamlit"),
        ("langchain", "LangChain"), ("llama-index", "LlamaIndex"), ("anthropic", "Claude API"), ("torch", "PyTorch"), ("tensorflow", "TensorFlow"),
        ("scikit-learn", "scikit-learn"), ("pandas", "pandas"), ("polars", "Polars"), ("sqlalchemy", "SQLAlchemy"), ("celery", "Celery"),
        ("pyspark", "PySpark"), ("apache-airflow", "Airflow"),
    ];

    private static readonly SearchValues<char> NameEnd = SearchValues.Create("[<>=!~; @#(\t");

    /// <summary>Adds what pyproject.toml says.</summary>
    /// <exception cref="TomlException">It does not parse.</exception>
    public static void ReadProject(string text, ManifestFacts facts)
    {
        TomlTable root = Toml.Parse(text);
        var packages = new HashSet<string>(StringComparer.Ordinal);
        if (Toml.Table(root, "project") is { } project)
        {
            facts.Describe(Toml.Text(project, "description"));
            AddRequirements(project.TryGetValue("dependencies", out object? list) ? list : null, packages);
            foreach (object? extra in Toml.Table(project, "optional-dependencies")?.Values ?? [])
            {
                AddRequirements(extra, packages);
            }
        }

        if (Toml.Table(Toml.Table(root, "tool"), "poetry") is { } poetry)
        {
            facts.Describe(Toml.Text(poetry, "description"));
            packages.UnionWith((Toml.Table(poetry, "dependencies")?.Keys ?? []).Select(Normalize));
        }

        Add(packages, facts);
    }

    /// <summary>Adds what requirements.txt says: <c>fastapi[standard]>=0.115  # web</c>.</summary>
    public static void ReadRequirements(string text, ManifestFacts facts)
    {
        var packages = new HashSet<string>(StringComparer.Ordinal);
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            packages.Add(NameOf(line));
        }

        Add(packages, facts);
    }

    private static void Add(HashSet<string> packages, ManifestFacts facts)
    {
        facts.Add("Python");
        foreach ((string package, string technology) in Known)
        {
            if (packages.Contains(package))
            {
                facts.Add(technology);
            }
        }
    }

    private static void AddRequirements(object? list, HashSet<string> packages)
    {
        if (list is TomlArray requirements)
        {
            packages.UnionWith(requirements.OfType<string>().Select(r => NameOf(r)));
        }
    }

    // "Django >= 5.1 ; python_version > '3.9'" names the package "django"; PEP 503: case and - _ . do not matter.
    private static string NameOf(ReadOnlySpan<char> requirement)
    {
        ReadOnlySpan<char> text = requirement.Trim();
        int end = text.IndexOfAny(NameEnd);
        return Normalize((end < 0 ? text : text[..end]).ToString());
    }

    private static string Normalize(string name) => name.Trim().ToLowerInvariant().Replace('_', '-').Replace('.', '-');
}
