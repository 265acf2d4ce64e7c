namespace AiaiaiDashboard.Core.Sync.Watching;

/// <summary>Has the system tell of changes in a folder until the result is disposed. The seam for tests.</summary>
/// <param name="folder">A folder that exists.</param>
/// <param name="withSubfolders">Whether subfolders count.</param>
/// <param name="changed">Gets the path of every change, on any thread.</param>
/// <param name="failed">Called when changes may have been lost or will be; the watch is of no use then.</param>
/// <exception cref="IOException">The folder cannot be watched. Other exceptions of the file system may come too.</exception>
public delegate IDisposable FolderWatchFactory(string folder, bool withSubfolders, Action<string> changed, Action<Exception> failed);

/// <summary>Watches by the operating system's own means.</summary>
public static class FolderWatch
{
    /// <summary>Largest buffer the system allows for events that wait to be taken, in bytes.</summary>
    private const int BufferBytes = 64 * 1024;

    /// <summary>See <see cref="FolderWatchFactory"/>.</summary>
    public static IDisposable Create(string folder, bool withSubfolders, Action<string> changed, Action<Exception> failed)
    {
        var watcher = new FileSystemWatcher(folder)
        {
            IncludeSubdirectories = withSubfolders,
            InternalBufferSize = BufferBytes,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
        };
        try
        {
            watcher.Changed += (_, change) => changed(change.FullPath);
            watcher.Created += (_, change) => changed(change.FullPath);
            watcher.Deleted += (_, change) => changed(change.FullPath);
            watcher.Renamed += (_, change) => changed(change.FullPath);
            watcher.Error += (_, error) => failed(error.GetException());
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch
        {
            watcher.Dispose();
            throw;
        }
    }
}
