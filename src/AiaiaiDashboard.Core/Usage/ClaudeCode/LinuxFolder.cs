using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>An entry of a directory. A class and not a struct, so that no code has to be compiled for collections of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsDirectory">Whether it is a directory, or a link that leads to one.</param>
/// <param name="IsLink">Whether it is a link.</param>
/// <param name="Identity">What it is; the default for directories and links, and where it could not be looked at.</param>
internal sealed record FolderEntry(string Name, bool IsDirectory, bool IsLink, FileIdentity Identity);

/// <summary>
/// Directories and files of one ending in a directory, by what Linux itself tells of them: every file is looked at from its directory, where the framework's
/// enumeration walks the whole path again for each, and directories are not looked at at all. With thousands of transcripts that is most of a sync that
/// finds nothing new.
/// </summary>
internal static unsafe partial class LinuxFolder
{
    // The same on all architectures: read only, never waiting (a pipe in the place of a directory), not for child processes.
    private const int OpenFlags = 0x800 | 0x80000;
    private const int BufferBytes = 16 * 1024;

    // struct dirent64 has one layout on all architectures.
    private const int LengthAt = 16;
    private const int TypeAt = 18;
    private const int NameAt = 19;
    private const byte DirectoryType = 4;
    private const byte RegularType = 8;

    private static bool isMissing = !OperatingSystem.IsLinux();

    /// <summary>Reads a directory.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="ending">Of files, with a name before it.</param>
    /// <returns>
    /// Null where there is anything out of the ordinary, a link, a name that is no UTF-8, an error: then nothing is said, and the framework's enumeration
    /// finds out what it is.
    /// </returns>
    public static List<FolderEntry>? TryRead(string path, ReadOnlySpan<byte> ending)
    {
        if (isMissing || path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        int directory = Open(path, OpenFlags);
        if (directory < 0)
        {
            return null;
        }

        try
        {
            var entries = new List<FolderEntry>();
            byte* buffer = stackalloc byte[BufferBytes];
            nint read;
            while ((read = GetEntries(directory, buffer, BufferBytes)) > 0)
            {
                for (byte* at = buffer; at < buffer + read; at += *(ushort*)(at + LengthAt))
                {
                    if (!TryAdd(entries, directory, at, ending))
                    {
                        return null;
                    }
                }
            }

            return read == 0 ? entries : null;
        }
        catch (EntryPointNotFoundException)
        {
            // Not every C library has it.
            isMissing = true;
            return null;
        }
        finally
        {
            _ = Close(directory);
        }
    }

    private static bool TryAdd(List<FolderEntry> entries, int directory, byte* entry, ReadOnlySpan<byte> ending)
    {
        ReadOnlySpan<byte> name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry + NameAt);
        byte type = entry[TypeAt];
        if (type == DirectoryType)
        {
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
            {
                entries.Add(new FolderEntry(Encoding.UTF8.GetString(name), true, false, default));
            }

            return Utf8.IsValid(name);
        }

        if (type != RegularType)
        {
            // A link may lead to a directory, whatever its name.
            return false;
        }

        if (name.Length > ending.Length && name.EndsWith(ending))
        {
            FileIdentity.TryReadAt(directory, entry + NameAt, out FileIdentity identity);
            entries.Add(new FolderEntry(Encoding.UTF8.GetString(name), false, false, identity));
            return Utf8.IsValid(name);
        }

        return true;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "getdents64")]
    private static partial nint GetEntries(int directory, byte* buffer, nint bytes);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
