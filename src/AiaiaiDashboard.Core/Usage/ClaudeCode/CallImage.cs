using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>
/// A whole file in memory, to be looked at and changed there; the file itself stays as it is. Mapped where a mapped file can be replaced, so that a sync
/// of a few lines copies only what it changes.
/// </summary>
internal sealed unsafe class CallImage : IDisposable
{
    private readonly MemoryMappedFile? file;
    private readonly MemoryMappedViewAccessor? view;
    private byte* start;

    private CallImage(FileStream stream)
    {
        if (stream.Length is 0 or > int.MaxValue)
        {
            throw new InvalidDataException("The file is of no usable size.");
        }

        Length = (int)stream.Length;
        if (OperatingSystem.IsWindows())
        {
            start = (byte*)NativeMemory.Alloc((nuint)Length);
            stream.ReadExactly(new Span<byte>(start, Length));
            return;
        }

        file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.CopyOnWrite, HandleInheritability.None, leaveOpen: true);
        view = file.CreateViewAccessor(0, Length, MemoryMappedFileAccess.CopyOnWrite);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        start += view.PointerOffset;
    }

    /// <summary>Bytes.</summary>
    public int Length { get; }

    /// <summary>The first of them.</summary>
    public byte* Start => start;

    /// <summary>All of them.</summary>
    public ReadOnlySpan<byte> Bytes => new(start, Length);

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is empty, or of 2 GB or more.</exception>
    public static CallImage Open(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return new CallImage(stream);
    }

    /// <summary>Gives the memory back: nothing of it may be used any more.</summary>
    public void Dispose()
    {
        if (start is null)
        {
            return;
        }

        if (view is null)
        {
            NativeMemory.Free(start);
        }
        else
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            // Before its view, which would write to the file what was changed here, or try to.
            view.SafeMemoryMappedViewHandle.Dispose();
            view.Dispose();
            file!.Dispose();
        }

        start = null;
    }
}
