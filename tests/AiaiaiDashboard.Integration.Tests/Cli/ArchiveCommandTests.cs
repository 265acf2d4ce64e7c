using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Integration.Tests.Http;

namespace AiaiaiDashboard.Integration.Tests.Cli;

public sealed class ArchiveCommandTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("aiaiai-archive-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task Export_WhileAServerRuns_IsBroughtBackElsewhereWithTheSameFigures()
    {
        string archive = Path.Combine(root, "saved.zip");
        CommandResult exported;
        CommandResult refused;
        string before;
        await using (RunningApp app = await RunningApp.StartAsync())
        {
            exported = await Executable.RunAsync(root, "export", archive, "--data", app.Data.Root);
            refused = await Executable.RunAsync(root, "import", archive, "--data", app.Data.Root);
            before = (await Executable.RunAsync(root, "report", "--by", "month,model", "--format", "csv", "--data", app.Data.Root)).Out;
        }

        CommandResult imported = await Executable.RunAsync(root, "import", archive, "--data", Path.Combine(root, "elsewhere"));
        CommandResult after = await Executable.RunAsync(root, "report", "--by", "month,model", "--format", "csv", "--data", Path.Combine(root, "elsewhere"));

        Assert.Equal((0, ""), (exported.ExitCode, exported.Error));
        Assert.Equal(3, refused.ExitCode);
        Assert.Equal((0, ""), (imported.ExitCode, imported.Error));
        Assert.Equal(before, after.Out);
    }

    [Fact]
    public async Task Import_NoArchive_Exits1AndLeavesTheDirectoryAlone()
    {
        string file = Path.Combine(root, "other.zip");
        await File.WriteAllTextAsync(file, "no zip at all");
        var data = new DataDirectory(Path.Combine(root, "data"));
        data.EnsureCreated();
        await File.WriteAllTextAsync(data.PathOf(DataFiles.Projects), "[]");

        CommandResult result = await Executable.RunAsync(root, "import", file);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Nothing was changed.", result.Error, StringComparison.Ordinal);
        Assert.Equal("[]", await File.ReadAllTextAsync(data.PathOf(DataFiles.Projects)));
    }

    [Theory]
    [InlineData("import", "missing.zip")]
    [InlineData("export", "x.zip")]
    public async Task AnyOfThem_NothingToWorkOn_Exits2(string command, string file)
    {
        CommandResult result = await Executable.RunAsync(root, command, file, "--data", Path.Combine(root, "missing"));

        Assert.Equal(2, result.ExitCode);
        Assert.NotEmpty(result.Error);
    }
}
