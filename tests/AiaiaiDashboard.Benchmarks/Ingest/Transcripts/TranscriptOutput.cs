using System.Text;

namespace AiaiaiDashboard.Benchmarks.Ingest.Transcripts;

/// <summary>Appends lines to one transcript until it has its size.</summary>
/// <param name="path">The file; it and its folder are created where missing.</param>
/// <param name="size">Bytes after which it is full.</param>
internal sealed class TranscriptOutput(string path, long size) : IDisposable
{
    private readonly FileStream stream = Open(path);
    private readonly Encoder encoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetEncoder();
    private byte[] buffer = new byte[64 * 1024];

    public long Bytes { get; private set; }

    public int Lines { get; private set; }

    public bool IsFull => Bytes >= size;

    /// <summary>Writes a line, and its end.</summary>
    public void Write(StringBuilder line)
    {
        Encode(line);
        stream.WriteByte((byte)'\n');
        Bytes++;
        Lines++;
    }

    /// <summary>Writes the start of a line whose end never came, as a program does that is killed.</summary>
    public void WriteTorn(string start) => Encode(new StringBuilder(start));

    public void Dispose() => stream.Dispose();

    private void Encode(StringBuilder text)
    {
        if (buffer.Length < 4 * text.Length)
        {
            buffer = new byte[8 * text.Length];
        }

        int length = 0;
        foreach (ReadOnlyMemory<char> chunk in text.GetChunks())
        {
            length += encoder.GetBytes(chunk.Span, buffer.AsSpan(length), flush: false);
        }

        stream.Write(buffer.AsSpan(0, length));
        Bytes += length;
    }

    private static FileStream Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 256 * 1024);
    }
}
