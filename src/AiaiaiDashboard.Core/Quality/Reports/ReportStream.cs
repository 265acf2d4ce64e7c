namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>Reads a report from its beginning to its end and no further than <see cref="MaxBytes"/>; does not own the stream below.</summary>
internal sealed class ReportStream(Stream inner, CancellationToken cancel) : Stream
{
    /// <summary>Largest report that is read.</summary>
    public const long MaxBytes = 64 * 1024 * 1024;

    /// <summary>What is said of a larger one.</summary>
    public const string TooLarge = "is larger than 64 MB and was not read.";

    private long done;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => done; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        cancel.ThrowIfCancellationRequested();
        int read = inner.Read(buffer);
        done += read;
        // The length was looked at before; a file may grow while it is read.
        return done <= MaxBytes ? read : throw new InvalidDataException(TooLarge);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
