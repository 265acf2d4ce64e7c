namespace AiaiaiDashboard.Core.Storage;

/// <summary>Keeps the evidence of damage beside the file: <c>analytics.json.broken</c>, then <c>analytics.json.2.broken</c> and so on.</summary>
internal static class BrokenFiles
{
    /// <summary>So many are kept per file; after that the newest takes the place of the last.</summary>
    public const int MaxKept = 9;

    /// <summary>Moves a file out of the way.</summary>
    /// <returns>Where it is now.</returns>
    public static string SetAside(IFileSystem files, string path)
    {
        string source = files.FinalTarget(path);
        string kept = FreeName(files, source);
        files.Rename(source, kept);
        files.FlushDirectory(Path.GetDirectoryName(kept)!);
        return kept;
    }

    /// <summary>Copies a file, durably and with its mode, before it is changed. A copy of the same bytes that is there already is enough.</summary>
    /// <returns>The copy.</returns>
    public static string KeepCopy(IFileSystem files, string path)
    {
        string source = files.FinalTarget(path);
        for (int number = 1; number <= MaxKept && files.FileExists(Name(source, number)); number++)
        {
            if (HasSameBytes(files, source, Name(source, number)))
            {
                return Name(source, number);
            }
        }

        string kept = FreeName(files, source);
        using Stream content = files.OpenRead(source);
        AtomicFile.Replace(files, kept, output => content.CopyTo(output), mode: files.Mode(source) ?? FileModes.PrivateFile);
        return kept;
    }

    private static string FreeName(IFileSystem files, string path)
    {
        int number = 1;
        while (number < MaxKept && files.FileExists(Name(path, number)))
        {
            number++;
        }

        return Name(path, number);
    }

    private static string Name(string path, int number) => number == 1 ? $"{path}.broken" : $"{path}.{number}.broken";

    private static bool HasSameBytes(IFileSystem files, string left, string right)
    {
        using Stream first = files.OpenRead(left);
        using Stream second = files.OpenRead(right);
        if (first.Length != second.Length)
        {
            return false;
        }

        byte[] a = new byte[64 * 1024];
        byte[] b = new byte[a.Length];
        int count;
        while ((count = first.ReadAtLeast(a, a.Length, throwOnEndOfStream: false)) > 0)
        {
            if (second.ReadAtLeast(b.AsSpan(0, count), count, throwOnEndOfStream: false) != count || !a.AsSpan(0, count).SequenceEqual(b.AsSpan(0, count)))
            {
                return false;
            }
        }

        return true;
    }
}
