namespace AiaiaiDashboard.Core.Storage;

/// <summary>The folder that holds everything the dashboard knows.</summary>
public sealed class DataDirectory
{
    /// <summary>Environment variable that names the data directory.</summary>
    public const string EnvironmentVariable = "AIAIAI_DATA";

    private const string FolderName = "aiaiai-dashboard";

    /// <summary>Uses <paramref name="root"/>; nothing is created or read.</summary>
    /// <param name="root">Folder, absolute or relative to the working directory; may be a symbolic link.</param>
    public DataDirectory(string root)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
    }

    /// <summary>Absolute path without a trailing separator.</summary>
    public string Root { get; }

    /// <summary>Absolute path of a file below the root.</summary>
    /// <param name="relative">One of <see cref="DataFiles"/>, or another path with <c>/</c>.</param>
    /// <exception cref="ArgumentException">The path is absolute or leads out of the data directory.</exception>
    public string PathOf(string relative)
    {
        ArgumentException.ThrowIfNullOrEmpty(relative);
        string full = Path.GetFullPath(Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar)));
        string prefix = Path.EndsInDirectorySeparator(Root) ? Root : Root + Path.DirectorySeparatorChar;
        if (Path.IsPathRooted(relative) || !full.StartsWith(prefix, StringComparison.Ordinal))
        {
            throw new ArgumentException($"{relative} is not a path inside the data directory.", nameof(relative));
        }

        return full;
    }

    /// <summary>Creates the folder where it is missing, readable by its owner only (0700). An existing one keeps its mode.</summary>
    /// <exception cref="IOException">A file stands in its place, or it cannot be created; the message names the path.</exception>
    public void EnsureCreated()
    {
        try
        {
            FolderCreation.Ensure(PhysicalFileSystem.Instance, Root);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The data directory {Root} cannot be created: {exception.Message}", exception);
        }
    }

    /// <summary>The log <paramref name="relative"/>, which names itself by that path in what it reports.</summary>
    public JsonlLog Log(string relative, IFileSystem? files = null) => new(PathOf(relative), files) { Name = relative };

    /// <summary>
    /// All monthly logs of a metric, oldest month first, those in the original dashboard's folder <c>history/&lt;metric&gt;/</c> before
    /// our own of the same month. New rows go to <see cref="DataFiles.History"/> only.
    /// </summary>
    public IReadOnlyList<HistoryFile> HistoryFiles(string metric, IFileSystem? files = null)
    {
        files ??= PhysicalFileSystem.Instance;
        return
        [
            .. HistoryFile.In(files, this, metric, original: true)
                .Concat(HistoryFile.In(files, this, metric, original: false))
                .OrderBy(f => f.Month, StringComparer.Ordinal)
                .ThenBy(f => f.IsOriginal ? 0 : 1),
        ];
    }

    /// <summary>
    /// Which folder to use: <paramref name="option"/>, else <c>AIAIAI_DATA</c>, else <c>./data</c> where it exists, else the place the platform
    /// keeps such data in (<c>$XDG_DATA_HOME</c> or <c>~/.local/share</c>, <c>~/Library/Application Support</c>, <c>%LOCALAPPDATA%</c>).
    /// </summary>
    /// <param name="option">Value of <c>--data</c>; null or empty when it was not given.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="workingDirectory">What relative paths belong to.</param>
    /// <returns>An absolute path, which need not exist.</returns>
    public static string ResolveRoot(string? option, Func<string, string?> environment, string workingDirectory)
    {
        string? named = string.IsNullOrWhiteSpace(option) ? environment(EnvironmentVariable) : option;
        if (!string.IsNullOrWhiteSpace(named))
        {
            return Path.GetFullPath(named, workingDirectory);
        }

        string local = Path.Combine(workingDirectory, "data");
        return Directory.Exists(local) ? Path.GetFullPath(local) : Path.Combine(PlatformDataHome(environment), FolderName);
    }

    private static string PlatformDataHome(Func<string, string?> environment)
    {
        if (OperatingSystem.IsWindows())
        {
            return environment("LOCALAPPDATA") is { Length: > 0 } local
                ? local
                : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        }

        // The XDG specification says that a relative value must be ignored.
        if (environment("XDG_DATA_HOME") is { Length: > 0 } xdg && Path.IsPathRooted(xdg))
        {
            return xdg;
        }

        string home = environment("HOME") is { Length: > 0 } value && Path.IsPathRooted(value)
            ? value
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Application Support") : Path.Combine(home, ".local", "share");
    }
}
