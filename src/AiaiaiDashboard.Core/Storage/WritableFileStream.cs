namespace AiaiaiDashboard.Core.Storage;

/// <summary>A forward-only stream over a new file, buffered to few large writes. What was not completed is not written.</summary>
internal sealed class WritableFileStream(IWritableFile file) : Stream
{
    private const int BufferBytes = 128 * 1024;

    private readonly byte[] buffer = new byte[BufferBytes];
    private int buffered;
    private long written;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => written + buffered;

    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException();
    }

    /// <summary>Writes what is still buffered.</summary>
    public void Complete()
    {
        if (buffered > 0)
        {
            file.Write(buffer.AsSpan(0, buffered), written);
            written += buffered;
            buffered = 0;
        }
    }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BufferBytes - buffered)
        {
            Complete();
        }

        if (bytes.Length > BufferBytes)
        {
            file.Write(bytes, written);
            written += bytes.Length;
            return;
        }

        bytes.CopyTo(buffer.AsSpan(buffered));
        buffered += bytes.Length;
    }

    public override void Write(byte[] bytes, int offset, int count) => Write(bytes.AsSpan(offset, count));

    public override void Flush()
    {
        // Writers such as Utf8JsonWriter flush whenever they like; the bytes are needed only at the end.
    }

    public override int Read(byte[] bytes, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
