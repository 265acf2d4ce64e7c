using System.Text.Json;

namespace AiaiaiDashboard.Core.Projects.Manifests;

/// <summary>Reads package.json: <c>{"description":"...","dependencies":{"react":"^19.0.0"},"devDependencies":{...}}</c>.</summary>
internal static class PackageJson
{
    // In the order they are shown: what the application is built on before what it is built with.
    private static readonly (string Package, string Technology)[] Known =
    [
        ("next", "Next.js"), ("nuxt", "Nuxt"), ("@sveltejs/kit", "SvelteKit"), ("@angular/core", "Angular"), ("react-native", "React Native"),
        ("expo", "Expo"), ("react", "React"), ("vue", "Vue"), ("svelte", "Svelte"), ("solid-js", "Solid"), ("astro", "Astro"),
        ("@nestjs/core", "NestJS"), ("express", "Express"), ("fastify", "Fastify"), ("hono", "Hono"), ("koa", "Koa"), ("electron", "Electron"),
        ("graphql", "GraphQL"), ("@prisma/client", "Prisma"), ("drizzle-orm", "Drizzle"), ("three", "Three.js"), ("tailwindcss", "Tailwind CSS"),
        ("vite", "Vite"), ("storybook", "Storybook"),
    ];

    private static readonly string[] Sections = ["dependencies", "devDependencies", "peerDependencies"];

    /// <summary>Adds what the manifest says.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="FormatException">It is no object.</exception>
    public static void Read(string text, ManifestFacts facts)
    {
        using JsonDocument document = JsonDocument.Parse(text.TrimStart('\ufeff'));
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("expected an object in { }.");
        }

        if (root.TryGetProperty("description", out JsonElement description) && description.ValueKind == JsonValueKind.String)
        {
            facts.Describe(description.GetString());
        }

        var packages = new HashSet<string>(StringComparer.Ordinal);
        foreach (string section in Sections)
        {
            if (root.TryGetProperty(section, out JsonElement list) && list.ValueKind == JsonValueKind.Object)
            {
                packages.UnionWith(list.EnumerateObject().Select(p => p.Name));
            }
        }

        facts.Add(packages.Contains("typescript") ? "TypeScript" : "JavaScript");
        foreach ((string package, string technology) in Known)
        {
            if (packages.Contains(package))
            {
                facts.Add(technology);
            }
        }
    }
}
