namespace AiaiaiDashboard.Core.Storage;

/// <summary>Creates folders so that they survive a power cut.</summary>
internal static class FolderCreation
{
    /// <summary>Creates <paramref name="folder"/> and what is missing above it, and flushes each parent: a file in an unflushed folder can vanish with it.</summary>
    public static void Ensure(IFileSystem files, string folder)
    {
        if (files.DirectoryExists(folder))
        {
            return;
        }

        string? parent = Path.GetDirectoryName(folder);
        if (parent is not null)
        {
            Ensure(files, parent);
        }

        files.CreateDirectory(folder);
        if (parent is not null)
        {
            files.FlushDirectory(parent);
        }
    }
}
