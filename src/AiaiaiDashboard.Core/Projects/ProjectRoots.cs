using AiaiaiDashboard.Core.Projects.Manifests;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Projects;

/// <summary>Looks for projects in the configured root folders (<c>projects.roots</c> of config/sources.json).</summary>
internal static class ProjectRoots
{
    /// <summary>Most subfolders of one root that are looked at.</summary>
    public const int MaxFolders = 5_000;

    private const string What = "Project folders";

    /// <summary>Registers what the roots hold; says for each what was there.</summary>
    public static void Register(
        ProjectCatalogue catalogue, ProjectSources sources, List<SearchedPlace> searched, List<FileProblem> problems, List<string> warnings)
    {
        var found = new List<string>();
        for (int i = 0; i < sources.Roots.Count; i++)
        {
            string text = sources.Roots[i] ?? "";
            WorkingDirectory root = WorkingDirectory.Parse(Expand(text));
            try
            {
                List<string>? projects = Look(root, catalogue.Finder);
                string result = projects switch
                {
                    null when !root.CanProbe => "is not an absolute path",
                    null => "does not exist",
                    { Count: 1 } => "1 project",
                    _ => $"{projects.Count} projects",
                };
                searched.Add(new SearchedPlace(What, text, result, projects is { Count: > 0 }));
                if (projects is null)
                {
                    warnings.Add($"projects.roots[{i}] of {DataFiles.Sources}: {text} {result}.");
                }

                found.AddRange(projects ?? []);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                searched.Add(new SearchedPlace(What, text, $"could not be read: {e.Message}", false));
                problems.Add(new FileProblem(DataFiles.Sources, $"$.projects.roots[{i}]", $"{text} could not be read: {e.Message}"));
            }
        }

        catalogue.RegisterShown(found);
    }

    private static List<string>? Look(WorkingDirectory root, RepositoryFinder finder)
    {
        if (!root.CanProbe || !Directory.Exists(root.Text))
        {
            return null;
        }

        if (IsProject(root, finder))
        {
            return [root.Text];
        }

        // Links below a root are not followed: they could lead anywhere. The root itself may be one.
        return
        [
            .. new DirectoryInfo(root.Text).EnumerateDirectories().Take(MaxFolders)
                .Where(d => d.LinkTarget is null && IsProject(WorkingDirectory.Parse(d.FullName), finder))
                .Select(d => d.FullName),
        ];
    }

    private static bool IsProject(WorkingDirectory directory, RepositoryFinder finder)
    {
        WorkingDirectory real = finder.RealPath(directory);
        return finder.Find(real)?.Directory.Key == real.Key || ManifestReader.HasManifest(real.Text);
    }

    private static string Expand(string path) =>
        path == "~" || path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith(@"~\", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..]
            : path;
}
