using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace AiaiaiDashboard.Core.Quality.Source;

/// <summary>Id of a content, SHA-1, as git names it.</summary>
internal readonly record struct BlobId(ulong First, ulong Second, uint Third) : IComparable<BlobId>
{
    /// <summary>Bytes of an id.</summary>
    public const int Bytes = SHA1.HashSizeInBytes;

    /// <summary>From the bytes of an id.</summary>
    public static BlobId Of(ReadOnlySpan<byte> raw) =>
        new(MemoryMarshal.Read<ulong>(raw), MemoryMarshal.Read<ulong>(raw[8..]), MemoryMarshal.Read<uint>(raw[16..]));

    /// <inheritdoc/>
    public int CompareTo(BlobId other) => (First, Second, Third).CompareTo((other.First, other.Second, other.Third));

    /// <summary>The bytes of the id.</summary>
    public byte[] ToArray()
    {
        var raw = new byte[Bytes];
        MemoryMarshal.Write(raw, First);
        MemoryMarshal.Write(raw.AsSpan(8), Second);
        MemoryMarshal.Write(raw.AsSpan(16), Third);
        return raw;
    }
}

/// <summary>
/// Reads git's index file of versions 2 to 4 without opening the repository, which takes many times longer. What it does not know (split and sparse
/// indexes, SHA-256, damage) it leaves to git's library, which knows it or says what is wrong.
/// </summary>
internal static class GitIndex
{
    private const int HeaderBytes = 12;

    // Times, device, inode, mode, owner and size; the id follows, then the flags.
    private const int StatBytes = 40;
    private const int ModeAt = 24;
    private const int EntryBytes = StatBytes + BlobId.Bytes + 2;
    private const int MaxPathBytes = 4096;

    /// <summary>Reads the regular files of an index, in its order.</summary>
    /// <param name="index">The whole file.</param>
    /// <param name="most">Most files that are taken.</param>
    /// <param name="isCut">Whether there are more.</param>
    /// <returns>Null for what is not understood.</returns>
    public static List<TrackedFile>? Read(ReadOnlySpan<byte> index, int most, out bool isCut)
    {
        isCut = false;
        if (index.Length < HeaderBytes + BlobId.Bytes || !index.StartsWith("DIRC"u8) || !IsWhole(index))
        {
            return null;
        }

        uint version = BinaryPrimitives.ReadUInt32BigEndian(index[4..]);
        uint count = BinaryPrimitives.ReadUInt32BigEndian(index[8..]);
        ReadOnlySpan<byte> rest = index[HeaderBytes..^BlobId.Bytes];
        if (version is < 2 or > 4 || count > rest.Length / EntryBytes)
        {
            return null;
        }

        var files = new List<TrackedFile>((int)Math.Min(count, most));
        Span<byte> path = stackalloc byte[MaxPathBytes];
        int pathLength = 0;
        for (uint number = 0; number < count; number++)
        {
            if (!TryEntry(ref rest, version, path, ref pathLength, out uint mode, out int stage, out BlobId id))
            {
                return null;
            }

            if (mode >> 12 == 8 && stage is 0 or 2 && IsBelow(path[..pathLength]))
            {
                if (files.Count < most)
                {
                    files.Add(new TrackedFile(Encoding.UTF8.GetString(path[..pathLength]), id));
                }
                else
                {
                    isCut = true;
                }
            }
        }

        return HasOnlyOptionalParts(rest) ? files : null;
    }

    private static bool TryEntry(ref ReadOnlySpan<byte> rest, uint version, scoped Span<byte> path, ref int pathLength, out uint mode, out int stage, out BlobId id)
    {
        (mode, stage, id) = (0, 0, default);
        if (rest.Length < EntryBytes + 2)
        {
            return false;
        }

        mode = BinaryPrimitives.ReadUInt32BigEndian(rest[ModeAt..]);
        id = BlobId.Of(rest[StatBytes..]);
        int flags = BinaryPrimitives.ReadUInt16BigEndian(rest[(EntryBytes - 2)..]);
        stage = (flags >> 12) & 3;
        int at = EntryBytes + ((flags & 0x4000) != 0 ? 2 : 0);
        int kept = 0;
        if (version == 4)
        {
            // The path shares its beginning with the one before: so many bytes of that are dropped.
            if (!TryNumber(rest, ref at, out int dropped) || dropped > pathLength)
            {
                return false;
            }

            kept = pathLength - dropped;
        }

        int length = rest[at..].IndexOf((byte)0);
        if (length < 0 || kept + length > path.Length || kept + length == 0)
        {
            return false;
        }

        rest.Slice(at, length).CopyTo(path[kept..]);
        pathLength = kept + length;
        // Before version 4 an entry is filled up with one to eight zeros to a multiple of eight.
        int next = version == 4 ? at + length + 1 : (at + length + 8) & ~7;
        if (next > rest.Length)
        {
            return false;
        }

        rest = rest[next..];
        return true;
    }

    // Seven bits a byte, highest first, and one more for every further byte.
    private static bool TryNumber(ReadOnlySpan<byte> from, ref int at, out int number)
    {
        number = -1;
        for (int digits = 0; digits < 4 && at < from.Length; digits++)
        {
            byte b = from[at++];
            number = ((number + 1) << 7) | (b & 0x7F);
            if (b < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    // Git itself never tracks such a path; an index that was made by hand may hold one.
    private static bool IsBelow(ReadOnlySpan<byte> path)
    {
        if (path[0] == (byte)'/')
        {
            return false;
        }

        if (path.IndexOf(".."u8) < 0)
        {
            return true;
        }

        foreach (Range part in path.Split((byte)'/'))
        {
            if (path[part].SequenceEqual(".."u8))
            {
                return false;
            }
        }

        return true;
    }

    // A part whose name begins with a small letter changes what the entries mean.
    private static bool HasOnlyOptionalParts(ReadOnlySpan<byte> rest)
    {
        while (rest.Length >= 8)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest[4..]);
            if (rest[0] is < (byte)'A' or > (byte)'Z' || length > rest.Length - 8)
            {
                return false;
            }

            rest = rest[(8 + (int)length)..];
        }

        return rest.IsEmpty;
    }

    private static bool IsWhole(ReadOnlySpan<byte> index)
    {
        ReadOnlySpan<byte> stated = index[^BlobId.Bytes..];
        Span<byte> hash = stackalloc byte[BlobId.Bytes];
#pragma warning disable CA5350 // Git's own checksum.
        SHA1.HashData(index[..^BlobId.Bytes], hash);
#pragma warning restore CA5350
        // Git may be told to leave it out (index.skipHash).
        return hash.SequenceEqual(stated) || !stated.ContainsAnyExcept((byte)0);
    }
}
