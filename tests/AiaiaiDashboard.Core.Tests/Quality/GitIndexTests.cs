using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AiaiaiDashboard.Core.Quality.Source;
using CsCheck;

namespace AiaiaiDashboard.Core.Tests.Quality;

public sealed class GitIndexTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Read_EveryVersion_ListsTheFiles(int version)
    {
        List<TrackedFile>? files = GitIndex.Read(Index(version, [("src/Order.cs", 0x81A4, 0), ("src/Orders.cs", 0x81ED, 0), ("web/long/way/to/app.ts", 0x81A4, 0)]), 10, out bool isCut);

        Assert.Equal(["src/Order.cs", "src/Orders.cs", "web/long/way/to/app.ts"], files!.Select(f => f.Path));
        Assert.Equal(Id("src/Orders.cs"), files![1].Blob.ToArray());
        Assert.False(isCut);
    }

    [Fact]
    public void Read_LinksSubmodulesTheirSideOfAConflictAndWaysOut_AreNoFiles()
    {
        List<TrackedFile>? files = GitIndex.Read(
            Index(2, [("../out.cs", 0x81A4, 0), ("/etc/out.cs", 0x81A4, 0), ("a.cs", 0x81A4, 2), ("a.cs", 0x81A4, 3), ("a/../../b.cs", 0x81A4, 0), ("link.cs", 0xA000, 0), ("module", 0xE000, 0), ("to..day.cs", 0x81A4, 0)]), 10, out _);

        Assert.Equal(["a.cs", "to..day.cs"], files!.Select(f => f.Path));
    }

    [Fact]
    public void Read_MoreThanTheMost_SaysThatItIsCut()
    {
        List<TrackedFile>? files = GitIndex.Read(Index(2, [("a.cs", 0x81A4, 0), ("b.cs", 0x81A4, 0)]), 1, out bool isCut);

        Assert.Equal(("a.cs", true), (Assert.Single(files!).Path, isCut));
    }

    [Theory]
    [InlineData("TREE", true)]
    [InlineData("link", false)]
    [InlineData("sdir", false)]
    public void Read_FurtherParts_AreOnlyPassedOverWhereTheyChangeNothing(string name, bool understood) =>
        Assert.Equal(understood, GitIndex.Read(Index(2, [("a.cs", 0x81A4, 0)], name), 10, out _) is not null);

    [Fact]
    public void Read_WithoutChecksum_IsTaken()
    {
        byte[] index = Index(2, [("a.cs", 0x81A4, 0)]);
        index.AsSpan(^20..).Clear();

        Assert.Single(GitIndex.Read(index, 10, out _)!);
    }

    [Fact]
    public void Read_AnyByteChangedOrCut_IsNotUnderstood()
    {
        byte[] index = Index(4, [("src/a.cs", 0x81A4, 0), ("src/b.cs", 0x81A4, 0)]);
        for (int at = 0; at < index.Length; at++)
        {
            byte[] changed = [.. index];
            changed[at] ^= 0x55;
            Assert.Null(GitIndex.Read(changed, 10, out _));
            Assert.Null(GitIndex.Read(index.AsSpan(0, at), 10, out _));
        }
    }

    [Fact]
    public void Read_AnythingWithoutChecksum_NeverThrows() =>
        Gen.Select(Gen.Int[2, 4], Gen.Byte.Array[0, 400], Gen.Int[0, 6]).Sample((version, body, count) =>
        {
            byte[] index = [.. "DIRC"u8, 0, 0, 0, (byte)version, 0, 0, 0, (byte)count, .. body, .. new byte[20]];
            GitIndex.Read(index, 10, out _);
        });

    private static byte[] Id(string path) =>
#pragma warning disable CA5350 // As git names contents.
        SHA1.HashData(Encoding.UTF8.GetBytes(path));
#pragma warning restore CA5350

    private static byte[] Index(int version, (string Path, int Mode, int Stage)[] files, string? part = null)
    {
        var index = new List<byte>([.. "DIRC"u8, 0, 0, 0, (byte)version, 0, 0, 0, (byte)files.Length]);
        string before = "";
        foreach ((string path, int mode, int stage) in files)
        {
            var fixedPart = new byte[62];
            BinaryPrimitives.WriteInt32BigEndian(fixedPart.AsSpan(24), mode);
            Id(path).CopyTo(fixedPart, 40);
            BinaryPrimitives.WriteUInt16BigEndian(fixedPart.AsSpan(60), (ushort)((stage << 12) | path.Length | (version == 3 ? 0x4000 : 0)));
            List<byte> entry = [.. fixedPart, .. version == 3 ? new byte[2] : []];
            int kept = version == 4 ? before.Zip(path).TakeWhile(p => p.First == p.Second).Count() : 0;
            if (version == 4)
            {
                entry.Add((byte)(before.Length - kept));
            }

            entry.AddRange([.. Encoding.UTF8.GetBytes(path[kept..]), 0]);
            while (version < 4 && entry.Count % 8 != 0)
            {
                entry.Add(0);
            }

            index.AddRange(entry);
            before = path;
        }

        if (part is not null)
        {
            index.AddRange([.. Encoding.ASCII.GetBytes(part), 0, 0, 0, 3, 1, 2, 3]);
        }

        byte[] written = [.. index];
#pragma warning disable CA5350 // Git's own checksum.
        return [.. written, .. SHA1.HashData(written)];
#pragma warning restore CA5350
    }
}
