using System.Text;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Tests.Shared;
using Microsoft.Win32.SafeHandles;

namespace AiaiaiDashboard.Core.Tests.Storage;

public sealed class UnixOutputStreamTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("aiaiai-output-").FullName;

    public UnixOutputStreamTests() => Requires.Unix();

    public void Dispose() => Directory.Delete(root, recursive: true);

    [SkippableFact]
    public void Write_OpenDescriptor_WritesInOrder()
    {
        string path = Path.Combine(root, "out");
        using (SafeFileHandle file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
        {
            using var stream = new UnixOutputStream((int)file.DangerousGetHandle(), () => throw new InvalidOperationException("not needed"));
            stream.Write("one "u8);
            stream.Write([]);
            stream.Write(Encoding.UTF8.GetBytes(new string('x', 300_000)), 299_998, 2);
        }

        Assert.Equal("one xx", File.ReadAllText(path));
    }

    [SkippableFact]
    public void Write_DescriptorThatFails_LeavesEverythingToTheOtherStream()
    {
        using var other = new MemoryStream();
        int opened = 0;
        using var stream = new UnixOutputStream(-1, () =>
        {
            opened++;
            return other;
        });

        stream.Write("one "u8);
        stream.Write("two"u8);

        Assert.Equal("one two", Encoding.UTF8.GetString(other.ToArray()));
        Assert.Equal(1, opened);
    }
}
