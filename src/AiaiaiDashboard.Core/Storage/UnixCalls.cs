using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>The two system calls that .NET has no way to make: fsync of a folder, and opening a file without asking for its lock.</summary>
internal static partial class UnixCalls
{
    private const int InvalidArgument = 22;
    private const int NotSupportedOnLinux = 95;
    private const int NotSupportedOnMac = 45;

    private static int ReadOnlyCloseOnExec => OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    /// <summary>Makes the entries of a folder durable. A file system that cannot do it for folders is accepted as it is.</summary>
    /// <exception cref="IOException">The folder cannot be opened, or the disk reports an error.</exception>
    public static void FlushDirectory(string path)
    {
        int folder = OpenOrThrow(path);
        try
        {
            if (Fsync(folder) != 0)
            {
                int error = Marshal.GetLastPInvokeError();
                if (error is not (InvalidArgument or NotSupportedOnLinux or NotSupportedOnMac))
                {
                    throw Failed(path, error);
                }
            }
        }
        finally
        {
            _ = Close(folder);
        }
    }

    /// <summary>
    /// Opens a file or folder for reading. <see cref="File.OpenHandle"/> refuses folders, and takes a shared advisory lock that
    /// fails on a file another process holds with <see cref="FileShare.None"/>.
    /// </summary>
    public static SafeFileHandle OpenRead(string path) => new(OpenOrThrow(path), ownsHandle: true);

    private static int OpenOrThrow(string path)
    {
        int descriptor = Open(path, ReadOnlyCloseOnExec);
        return descriptor >= 0 ? descriptor : throw Failed(path, Marshal.GetLastPInvokeError());
    }

    private static IOException Failed(string path, int error) => new($"{Marshal.GetPInvokeErrorMessage(error)} : '{path}'", error);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
