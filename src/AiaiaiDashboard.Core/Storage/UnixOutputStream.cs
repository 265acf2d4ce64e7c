using System.Runtime.InteropServices;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>
/// Standard output or error of a Unix process, straight to its descriptor: the framework's own stream makes everything ready that a terminal can do, which
/// takes a tenth of a sync that finds nothing new. Whatever is out of the ordinary is left to that one.
/// </summary>
/// <param name="descriptor">1 or 2.</param>
/// <param name="open">Opens the framework's stream.</param>
public sealed partial class UnixOutputStream(int descriptor, Func<Stream> open) : Stream
{
    private const int Interrupted = 4;

    private Stream? own;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (own is null && !buffer.IsEmpty)
        {
            nint written = WriteTo(descriptor, in MemoryMarshal.GetReference(buffer), buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
            }
            else if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                own = open();
            }
        }

        own?.Write(buffer);
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteTo(int descriptor, in byte first, nint count);
}
