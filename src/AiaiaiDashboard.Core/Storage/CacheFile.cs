using System.IO.Hashing;
using System.Text;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>
/// Files below cache/ that can be deleted at any time. Little endian; the first 8 bytes tell kind and version, the last 8 are the XXH3 of everything
/// before; a file that is damaged or of another version counts as missing.
/// </summary>
internal static class CacheFile
{
    /// <summary>Reads a file; the default where there is none that can be used.</summary>
    public static T? Load<T>(string path, ulong magic, Func<BinaryReader, T> read)
    {
        try
        {
            // Asked first: to find out by an exception takes longer than to read most of them.
            if (!File.Exists(path))
            {
                return default;
            }

            byte[] bytes = File.ReadAllBytes(path);
            if (bytes.Length < 16 || BitConverter.ToUInt64(bytes) != magic
                || XxHash3.HashToUInt64(bytes.AsSpan(0, bytes.Length - 8)) != BitConverter.ToUInt64(bytes, bytes.Length - 8))
            {
                return default;
            }

            using var reader = new BinaryReader(new MemoryStream(bytes, 8, bytes.Length - 16), Encoding.UTF8);
            return read(reader);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or InvalidDataException)
        {
            return default;
        }
    }

    /// <summary>Replaces a file, without waiting for the disk: one that a power cut left old or empty is found out when it is read.</summary>
    public static void Replace(string path, Action<Stream> write) => AtomicFile.Replace(PhysicalFileSystem.Instance, path, write, durable: false);

    /// <summary>Writes the content of a file.</summary>
    public static void Write(Stream stream, ulong magic, Action<BinaryWriter> write)
    {
        var hashing = new HashingStream(stream);
        using (var buffered = new BufferedStream(hashing, 1 << 16))
        using (var writer = new BinaryWriter(buffered, Encoding.UTF8))
        {
            writer.Write(magic);
            write(writer);
        }

        stream.Write(BitConverter.GetBytes(hashing.Hash));
    }

    /// <summary>Passes bytes on and hashes them; does not own the stream below.</summary>
    private sealed class HashingStream(Stream inner) : Stream
    {
        private readonly XxHash3 hash = new();

        public ulong Hash => hash.GetCurrentHashAsUInt64();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            hash.Append(buffer);
            inner.Write(buffer);
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
