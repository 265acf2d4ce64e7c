using System.IO.Enumeration;
using System.Runtime.InteropServices;
using System.Text;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>What the file system says about a file, without opening it.</summary>
/// <param name="IsRegular">A regular file: not a directory, pipe, socket or device.</param>
/// <param name="Length">Bytes.</param>
/// <param name="ModifiedTicks">Modification time, 100 ns ticks with what precision the system gives.</param>
/// <param name="Device">Device, 0 where unknown.</param>
/// <param name="Inode">Inode or file id, 0 where unknown.</param>
internal readonly partial record struct FileIdentity(bool IsRegular, long Length, long ModifiedTicks, ulong Device, ulong Inode)
{
    /// <summary>Looks at a path, following links. False when nothing is there or it cannot be looked at.</summary>
    public static bool TryRead(string path, out FileIdentity identity)
    {
        identity = default;
        if (OperatingSystem.IsLinux())
        {
            return TryStatx(path, 0, out identity);
        }

        var info = new FileInfo(path);
        if (info.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
        {
            info = target;
        }

        if (!info.Exists || (info.Attributes & (FileAttributes.Directory | FileAttributes.Device)) != 0)
        {
            return false;
        }

        identity = new FileIdentity(true, info.Length, info.LastWriteTimeUtc.Ticks, 0, 0);
        return true;
    }

    /// <summary>The same without following a link: one is no regular file.</summary>
    public static bool TryReadUnfollowed(string path, out FileIdentity identity) =>
        OperatingSystem.IsLinux() ? TryStatx(path, NoFollow, out identity)
        : TryRead(path, out identity) && (File.GetAttributes(path) & FileAttributes.ReparsePoint) == 0;

    /// <summary>Looks at an entry of a directory itself, with one question to the system and no text made for it.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="folder">Path of the directory.</param>
    /// <param name="isLink">Whether it is a link.</param>
    /// <returns>What it is; the default for a link and where it cannot be told so.</returns>
    public static FileIdentity Of(ref FileSystemEntry entry, string folder, out bool isLink)
    {
        if (!OperatingSystem.IsLinux())
        {
            isLink = (entry.Attributes & FileAttributes.ReparsePoint) != 0;
            return default;
        }

        TryStatx(folder, entry.FileName, NoFollow, out FileIdentity identity, out int mode);
        isLink = (mode & TypeMask) == LinkType;
        return isLink ? default : identity;
    }

    /// <summary>The path without links; the path itself where it cannot be resolved.</summary>
    public static string RealPath(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return WithoutLinks(path);
        }

        nint resolved = RealPathOf(path, 0);
        if (resolved == 0)
        {
            return Path.GetFullPath(path);
        }

        try
        {
            return Marshal.PtrToStringUTF8(resolved) ?? path;
        }
        finally
        {
            Free(resolved);
        }
    }

    /// <summary>The same for systems without realpath: every name of the path is looked at, and of what a link leads to. The path itself where links loop.</summary>
    internal static string WithoutLinks(string path)
    {
        string full = Path.GetFullPath(path);
        string at = Path.GetPathRoot(full)!;
        var names = new Stack<string>(NamesOf(full));
        int links = 0;
        while (names.TryPop(out string? name))
        {
            if (name is "." or "..")
            {
                at = name == "." ? at : Path.GetDirectoryName(at) ?? at;
                continue;
            }

            string next = Path.Join(at, name);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                at = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                return full;
            }

            at = Path.GetPathRoot(target) is { Length: > 0 } other ? Path.GetFullPath(other) : at;
            foreach (string part in NamesOf(target))
            {
                names.Push(part);
            }
        }

        return at;
    }

    // The last one first, for a stack.
    private static IEnumerable<string> NamesOf(string path) =>
        path[(Path.GetPathRoot(path)?.Length ?? 0)..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse();

    private static bool TryStatx(string path, int flags, out FileIdentity identity) => TryStatx("", path, flags, out identity, out _);

    /// <summary>Looks at an entry of an open directory, without following a link. Linux only.</summary>
    /// <param name="directory">Its descriptor.</param>
    /// <param name="name">The name, ended by a zero.</param>
    /// <param name="identity">What it is; the default where it cannot be looked at.</param>
    public static unsafe bool TryReadAt(int directory, byte* name, out FileIdentity identity) => TryStatx(directory, name, NoFollow, out identity, out _);

    private static unsafe bool TryStatx(ReadOnlySpan<char> folder, ReadOnlySpan<char> name, int flags, out FileIdentity identity, out int mode)
    {
        int most = Encoding.UTF8.GetMaxByteCount(folder.Length + name.Length) + 2;
        Span<byte> path = most <= ShortPath ? stackalloc byte[ShortPath] : new byte[most];
        int length = Encoding.UTF8.GetBytes(folder, path);
        if (length > 0)
        {
            path[length++] = (byte)'/';
        }

        length += Encoding.UTF8.GetBytes(name, path[length..]);
        path[length] = 0;
        fixed (byte* start = path)
        {
            return TryStatx(AtCurrentDirectory, start, flags, out identity, out mode);
        }
    }

    private static unsafe bool TryStatx(int directory, byte* path, int flags, out FileIdentity identity, out int mode)
    {
        // struct statx has one layout on all architectures: mode at 28, inode at 32, size at 40, mtime at 112, device at 136.
        byte* buffer = stackalloc byte[256];
        identity = default;
        mode = 0;
        if (Statx(directory, path, flags, BasicStats, buffer) != 0)
        {
            return false;
        }

        mode = *(ushort*)(buffer + 28);
        long seconds = *(long*)(buffer + 112);
        uint nanoseconds = *(uint*)(buffer + 120);
        ulong device = ((ulong)*(uint*)(buffer + 136) << 32) | *(uint*)(buffer + 140);
        identity = new FileIdentity(
            (mode & TypeMask) == RegularType, (long)*(ulong*)(buffer + 40), unchecked((seconds * 1_000_000_000) + nanoseconds), device, *(ulong*)(buffer + 32));
        return true;
    }

    // Bytes that are kept on the stack.
    private const int ShortPath = 2_048;

    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;
    private const int LinkType = 0xA000;

    // As many as Linux follows.
    private const int MaxLinks = 40;
    private const int AtCurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint BasicStats = 0x7ff;

    // Generated, so that nothing has to be compiled before the first call.
    [LibraryImport("libc", EntryPoint = "statx")]
    private static unsafe partial int Statx(int directory, byte* path, int flags, uint mask, byte* buffer);

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint RealPathOf(string path, nint buffer);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Free(nint memory);
}
