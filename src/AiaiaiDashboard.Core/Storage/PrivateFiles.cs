namespace AiaiaiDashboard.Core.Storage;

/// <summary>Unix modes for files below the data directory that a library creates: its owner's alone, as the store's own.</summary>
public static class PrivateFiles
{
    /// <summary>Creates a folder where it is missing, and makes it its owner's alone (0700).</summary>
    public static void EnsureFolder(string path)
    {
        FolderCreation.Ensure(PhysicalFileSystem.Instance, path);
        Set(path, FileModes.PrivateFolder);
    }

    /// <summary>Makes a file its owner's alone (0600).</summary>
    public static void Restrict(string path) => Set(path, FileModes.PrivateFile);

    private static void Set(string path, UnixFileMode mode)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, mode);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another user's, or a file system without modes: what is in it is still of use.
        }
    }
}
