using LibGit2Sharp;

namespace AiaiaiDashboard.Core.Tests.Projects;

/// <summary>A temporary folder with real repositories, built in process; removed at the end.</summary>
public sealed class ProjectFixture : IDisposable
{
    public ProjectFixture()
    {
        // The real path: on macOS the temporary folder lies behind a link.
        Root = Directory.CreateTempSubdirectory("projects-").FullName;
        Root = Path.GetFullPath(new DirectoryInfo(Root).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Root);
    }

    public string Root { get; }

    public string At(params string[] parts) => Path.Join([Root, .. parts]);

    public string Folder(params string[] parts) => Directory.CreateDirectory(At(parts)).FullName;

    public string Write(string relative, string text)
    {
        string path = At(relative.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A repository with one commit per date given (midday UTC).</summary>
    public string Repository(string relative, params string[] commitDays)
    {
        string path = Folder(relative.Split('/'));
        LibGit2Sharp.Repository.Init(path);
        foreach (string day in commitDays)
        {
            Commit(path, DateTimeOffset.Parse(day + (day.Length == 10 ? "T12:00:00Z" : ""), System.Globalization.CultureInfo.InvariantCulture));
        }

        return path;
    }

    public static void Commit(string repositoryPath, DateTimeOffset when)
    {
        using var repository = new Repository(repositoryPath);
        File.AppendAllText(Path.Join(repositoryPath, "notes.txt"), $"{when:O}\n");
        Commands.Stage(repository, "notes.txt");
        var author = new Signature("Ada", "ada@example.org", when);
        repository.Commit($"Note {when:O}", author, author);
    }

    public string Worktree(string repositoryPath, string name, string path)
    {
        using var repository = new Repository(repositoryPath);
        repository.Worktrees.Add(name, path, isLocked: false);
        return path;
    }

    public void Dispose()
    {
        // Object files are read-only, which Windows refuses to delete.
        foreach (string file in Directory.EnumerateFiles(Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            if (OperatingSystem.IsWindows())
            {
                File.SetAttributes(file, FileAttributes.Normal);
            }
        }

        Directory.Delete(Root, recursive: true);
    }
}
