namespace AiaiaiDashboard.Core.Projects.Manifests;

/// <summary>Finds and reads the manifests of a project: at its root, and <c>.csproj</c> and its kin up to two levels down.</summary>
internal static class ManifestReader
{
    /// <summary>Most project files that are read below one folder.</summary>
    public const int MaxManifests = 40;

    private delegate void Reader(string text, ManifestFacts facts);

    private static readonly OrderedDictionary<string, Reader> RootManifests = new(StringComparer.Ordinal)
    {
        ["package.json"] = PackageJson.Read,
        ["pyproject.toml"] = PythonManifests.ReadProject,
        ["requirements.txt"] = PythonManifests.ReadRequirements,
        ["Cargo.toml"] = CargoToml.Read,
        ["go.mod"] = GoMod.Read,
    };

    private static readonly Dictionary<string, string> Signs = new(StringComparer.OrdinalIgnoreCase)
    {
        [".sln"] = ".NET",
        [".slnx"] = ".NET",
        [".razor"] = "Blazor",
    };

    /// <summary>Whether the folder itself holds a manifest, which makes it a project of its own.</summary>
    public static bool HasManifest(string directory)
    {
        try
        {
            return RootManifests.Keys.Any(name => File.Exists(Path.Join(directory, name)))
                || Directory.EnumerateFiles(directory).Take(ProjectFolder.MaxEntries)
                    .Any(file => DotNetProject.IsProject(file) || Path.GetExtension(file) is ".sln" or ".slnx");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Reads what there is. A manifest that cannot be read or parsed becomes a reason; the others still count.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ManifestFacts Read(string directory, CancellationToken cancel)
    {
        var facts = new ManifestFacts();
        var folder = new ProjectFolder(directory);
        IReadOnlyList<string> files;
        try
        {
            files = folder.Files(cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            facts.Missing($"The folder could not be read: {e.Message}");
            return facts;
        }

        // Asked for by name: in a folder with very many files a listing would end before it meets them.
        foreach ((string file, Reader reader) in RootManifests.Where(m => File.Exists(Path.Join(directory, m.Key))))
        {
            Read(folder, file, reader, facts);
        }

        foreach (string file in files.Where(DotNetProject.IsProject).Take(MaxManifests))
        {
            cancel.ThrowIfCancellationRequested();
            Read(folder, file, (text, found) => DotNetProject.Read(file, text, found), facts);
        }

        foreach (string file in files)
        {
            if (Signs.TryGetValue(Path.GetExtension(file), out string? technology))
            {
                facts.Add(technology);
            }
        }

        return facts;
    }

    private static void Read(ProjectFolder folder, string file, Reader reader, ManifestFacts facts)
    {
        string? text = folder.Read(file, out string? reason);
        if (text is null)
        {
            facts.Missing(reason ?? $"{file} could not be read.");
            return;
        }

        try
        {
            reader(text, facts);
        }
        catch (Exception e) when (ManifestMistake.Is(e))
        {
            facts.Missing(ManifestMistake.Describe(file, text, e));
        }
    }
}
