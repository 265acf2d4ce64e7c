using System.IO.Enumeration;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>One transcript on disk.</summary>
/// <param name="Path">Path by which it was found.</param>
/// <param name="RealPath">Path without links: its identity.</param>
/// <param name="BelowProjects">Path below <c>projects/</c>, separated by <c>/</c> (R2, last sentence).</param>
/// <param name="Identity">Length, time and inode as they were when it was found.</param>
internal sealed record TranscriptFile(string Path, string RealPath, string BelowProjects, FileIdentity Identity);

/// <summary>Finds the transcripts below the roots (rule R2).</summary>
internal sealed class TranscriptFiles
{
    /// <summary>Directories entered at most: a bound against a hostile or broken tree.</summary>
    private const int MaxDirectories = 1_000_000;

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false };

    private static ReadOnlySpan<byte> Ending => ".jsonl"u8;

    private readonly HashSet<string> entered = new(StringComparer.Ordinal);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly List<TranscriptFile> files = [];

    /// <summary>Directories and files that could not be looked at, with the reason.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>The transcripts, by real path.</summary>
    public IReadOnlyList<TranscriptFile> Files => files;

    /// <summary>Roots that could not be read, with the reason.</summary>
    public List<string> RootErrors { get; } = [];

    /// <summary>Transcripts per root, as given.</summary>
    public Dictionary<string, int> FilesByRoot { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds what is below a <c>projects</c> directory; a root that cannot be read is noted.</summary>
    public void TryAddRoot(string projects)
    {
        int before = files.Count;
        try
        {
            string real = FileIdentity.RealPath(projects);
            Enter(projects, real, real, "", isRoot: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            RootErrors.Add($"{projects} cannot be read: {exception.Message}");
        }

        FilesByRoot[projects] = files.Count - before;
    }

    private void Enter(string path, string real, string rootReal, string below, bool isRoot = false)
    {
        if (entered.Count >= MaxDirectories || !entered.Add(real))
        {
            return;
        }

        List<FolderEntry> entries;
        try
        {
            entries = LinuxFolder.TryRead(path, Ending) ?? Entries(path);
        }
        catch (Exception exception) when (!isRoot && exception is (IOException or UnauthorizedAccessException))
        {
            Problems.Add($"{path}: {exception.Message}");
            return;
        }

        // One text where no link led here: there are thousands.
        bool isReal = path == real;
        entries.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        foreach ((string name, bool isDirectory, bool isLink, FileIdentity identity) in entries)
        {
            string child = Path.Combine(path, name);
            string childReal = isLink ? FileIdentity.RealPath(child) : isReal ? child : Path.Combine(real, name);
            if (isDirectory)
            {
                Enter(child, childReal, rootReal, Join(below, name));
            }
            else
            {
                AddFile(child, childReal, rootReal, below, name, identity);
            }
        }
    }

    private static List<FolderEntry> Entries(string path) => [.. new FileSystemEnumerable<FolderEntry>(
        path,
        (ref FileSystemEntry e) =>
        {
            FileIdentity identity = FileIdentity.Of(ref e, path, out bool isLink);
            return new FolderEntry(e.FileName.ToString(), e.IsDirectory, isLink, identity);
        },
        Everything)
    {
        // Only directories, where links lead too, and names that can be transcripts are worth a closer look.
        ShouldIncludePredicate = static (ref FileSystemEntry e) => e.IsDirectory || IsTranscriptName(e.FileName),
    }];

    private void AddFile(string path, string real, string rootReal, string below, string name, FileIdentity identity)
    {
        // A link is followed; so is what the directory's entry did not tell.
        if (seen.Contains(real) || (identity == default && !FileIdentity.TryRead(path, out identity)) || !identity.IsRegular)
        {
            return;
        }

        seen.Add(real);
        files.Add(new TranscriptFile(path, real, Below(real, rootReal)?.Replace(Path.DirectorySeparatorChar, '/') ?? Join(below, name), identity));
    }

    private static string? Below(string real, string root)
    {
        int start = root.EndsWith('/') ? root.Length : root.Length + 1;
        return real.Length >= start && real.StartsWith(root, StringComparison.Ordinal) && real[start - 1] == Path.DirectorySeparatorChar ? real[start..] : null;
    }

    private static string Join(string below, string name) => below.Length == 0 ? name : $"{below}/{name}";

    private static bool IsTranscriptName(ReadOnlySpan<char> name) => name.Length > ".jsonl".Length && name.EndsWith(".jsonl", StringComparison.Ordinal);
}
