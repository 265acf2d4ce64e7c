using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Demo;

/// <summary>The temporary folders sample data is shown from. They are deleted at the end; what a killed process left goes at the next start.</summary>
public static class DemoFolder
{
    private const string Prefix = "aiaiai-dashboard-demo-";

    // A folder that was created a moment ago may not be locked yet.
    private static readonly TimeSpan MinAge = TimeSpan.FromMinutes(1);

    /// <summary>Sweeps what is left of ended processes, and creates a new folder for its owner only.</summary>
    /// <param name="time">Clock.</param>
    /// <param name="parent">Where; null for the system's folder of temporary files.</param>
    /// <returns>A folder whose lock the caller takes, and holds while it is in use.</returns>
    public static DataDirectory Create(TimeProvider time, string? parent = null)
    {
        parent ??= Path.GetTempPath();
        Sweep(parent, time.GetUtcNow());
        string folder = Path.Combine(parent, Prefix + Path.GetRandomFileName());
        var directory = new DataDirectory(folder);
        directory.EnsureCreated();
        return directory;
    }

    private static void Sweep(string parent, DateTimeOffset now)
    {
        try
        {
            foreach (string folder in Directory.EnumerateDirectories(parent, Prefix + "*"))
            {
                var info = new DirectoryInfo(folder);
                // A link leads elsewhere; and without a lock file nobody of ours was ever in there.
                bool ours = info.LinkTarget is null && File.Exists(Path.Combine(folder, DataFiles.Lock));
                if (ours && now - info.LastWriteTimeUtc > MinAge)
                {
                    Delete(folder);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Tidying up is no reason not to start.
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            using (DataDirectoryLock.Acquire(new DataDirectory(folder), new LockHolder(Environment.ProcessId, null, null)))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // In use by a living process, or another user's.
        }
    }
}
