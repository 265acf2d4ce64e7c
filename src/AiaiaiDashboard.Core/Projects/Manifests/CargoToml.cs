using Tomlyn;
using Tomlyn.Model;

namespace AiaiaiDashboard.Core.Projects.Manifests;

/// <summary>Reads Cargo.toml: <c>[package] description = "..."</c> and the dependencies of the package and of a workspace.</summary>
internal static class CargoToml
{
    private static readonly (string Crate, string Technology)[] Known =
    [
        ("axum", "Axum"), ("actix-web", "Actix"), ("rocket", "Rocket"), ("warp", "Warp"), ("leptos", "Leptos"), ("dioxus", "Dioxus"),
        ("tauri", "Tauri"), ("bevy", "Bevy"), ("tonic", "Tonic"), ("tokio", "Tokio"), ("sqlx", "SQLx"), ("diesel", "Diesel"), ("wasm-bindgen", "WebAssembly"),
    ];

    /// <summary>Adds what the manifest says.</summary>
    /// <exception cref="TomlException">It does not parse.</exception>
    public static void Read(string text, ManifestFacts facts)
    {
        TomlTable root = Toml.Parse(text);
        TomlTable? workspace = Toml.Table(root, "workspace");
        foreach (TomlTable? package in new[] { Toml.Table(root, "package"), Toml.Table(workspace, "package") })
        {
            facts.Describe(package is null ? null : Toml.Text(package, "description"));
        }

        var crates = new HashSet<string>(StringComparer.Ordinal);
        crates.UnionWith(Toml.Table(root, "dependencies")?.Keys ?? []);
        crates.UnionWith(Toml.Table(workspace, "dependencies")?.Keys ?? []);
        facts.Add("Rust");
        foreach ((string crate, string technology) in Known)
        {
            if (crates.Contains(crate))
            {
                facts.Add(technology);
            }
        }
    }
}
