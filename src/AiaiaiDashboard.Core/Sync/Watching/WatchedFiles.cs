using System.IO.Enumeration;

namespace AiaiaiDashboard.Core.Sync.Watching;

/// <summary>Which files of a folder matter to whoever watches it.</summary>
/// <param name="Extension">End of their names, with the dot.</param>
/// <param name="WithSubfolders">Whether files of subfolders matter too.</param>
/// <param name="Except">A folder below which nothing matters, such as the one this program writes to; null for none.</param>
/// <param name="Names">The only names that matter, among files this program writes; null for every name with that end.</param>
public sealed record WatchedFiles(string Extension, bool WithSubfolders, string? Except = null, IReadOnlyList<string>? Names = null)
{
    /// <summary>Whether a change at this path matters: of such a file, or of a folder that may hold some.</summary>
    public bool Concern(string path) =>
        !IsExcepted(path)
        && ((path.EndsWith(Extension, StringComparison.Ordinal) && IsNamed(Path.GetFileName(path.AsSpan()))) || (WithSubfolders && Directory.Exists(path)));

    /// <summary>A number that changes with the names, lengths and times of the files. Links to folders are not followed.</summary>
    /// <param name="folder">The folder; a missing one, and what cannot be looked at, counts as empty.</param>
    public ulong Fingerprint(string folder)
    {
        var options = new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = true, RecurseSubdirectories = WithSubfolders };
        ulong sum = 0;
        try
        {
            var entries = new FileSystemEnumerable<ulong>(folder, Describe, options)
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                    !entry.IsDirectory && entry.FileName.EndsWith(Extension, StringComparison.Ordinal) && IsNamed(entry.FileName) && !IsExcepted(entry.ToFullPath()),
                ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
            };
            foreach (ulong entry in entries)
            {
                // A sum, so that the order in which the system lists them does not matter.
                sum = unchecked(sum + entry);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return sum;
        }

        return sum;
    }

    private static ulong Describe(ref FileSystemEntry entry)
    {
        // Twice with different seeds: HashCode alone has 32 bits. Its own seed is random per process, and so is never stored.
        string path = entry.ToFullPath();
        int low = HashCode.Combine(path, entry.Length, entry.LastWriteTimeUtc.Ticks);
        int high = HashCode.Combine(entry.LastWriteTimeUtc.Ticks, path, 17, entry.Length);
        return ((ulong)(uint)high << 32) | (uint)low;
    }

    private bool IsNamed(ReadOnlySpan<char> name)
    {
        if (Names is null)
        {
            return true;
        }

        foreach (string wanted in Names)
        {
            if (name.SequenceEqual(wanted))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsExcepted(string path) =>
        Except is not null
        && path.StartsWith(Except, StringComparison.Ordinal)
        && (path.Length == Except.Length || path[Except.Length] == Path.DirectorySeparatorChar);
}
