using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>How far a transcript was read (rule R3).</summary>
internal sealed record TranscriptCursor
{
    /// <summary>First bytes whose hash tells a rewritten file from a grown one.</summary>
    public const int PrefixLength = 1024;

    public required string RealPath { get; init; }

    /// <summary>First byte of the first line that was not complete.</summary>
    public long NextLine { get; init; }

    /// <summary>Length the file had.</summary>
    public long Length { get; init; }

    public long ModifiedTicks { get; init; }

    public ulong Device { get; init; }

    public ulong Inode { get; init; }

    /// <summary>Hash of the first <see cref="PrefixLength"/> bytes, or as many as there were.</summary>
    public ulong PrefixHash { get; init; }

    /// <summary>Malformed lines in the bytes read so far.</summary>
    public int Malformed { get; init; }

    /// <summary>The part of <see cref="Malformed"/> from <see cref="NextLine"/> on, which the next read counts again.</summary>
    public int TailMalformed { get; init; }

    /// <summary>1-based number of the first malformed line; 0 for none.</summary>
    public long FirstMalformedLine { get; init; }

    /// <summary>Whether the file is as it was, so that nothing needs to be read.</summary>
    public bool IsUnchanged(in FileIdentity now) =>
        now.Length == Length && now.ModifiedTicks == ModifiedTicks && now.Inode == Inode && now.Device == Device;

    /// <summary>Where to go on reading: 0 when this is another file, or a rewritten one.</summary>
    public long Resume(in FileIdentity now, SafeFileHandle file)
    {
        bool other = now.Inode != Inode || now.Device != Device || now.Length < Length || (now.Length == Length && now.ModifiedTicks != ModifiedTicks);
        return other || Prefix(file, Length) != PrefixHash ? 0 : NextLine;
    }

    /// <summary>Hash of the first bytes of a file.</summary>
    /// <param name="file">Open file.</param>
    /// <param name="length">Length the file has or had.</param>
    public static ulong Prefix(SafeFileHandle file, long length)
    {
        Span<byte> bytes = stackalloc byte[PrefixLength];
        bytes = bytes[..(int)Math.Min(PrefixLength, length)];
        int got = 0;
        while (got < bytes.Length)
        {
            int read = RandomAccess.Read(file, bytes[got..], got);
            if (read == 0)
            {
                break;
            }

            got += read;
        }

        return XxHash64.HashToUInt64(bytes[..got]);
    }
}
