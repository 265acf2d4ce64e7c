using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Integration.Tests.Http;

namespace AiaiaiDashboard.Integration.Tests.Cli;

public sealed class CommandTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("aiaiai-cli-").FullName;
    private readonly DataDirectory data;
    private readonly DateOnly today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    public CommandTests()
    {
        data = new DataDirectory(Path.Combine(root, "data"));
        data.EnsureCreated();
        Write(DataFiles.Sync, """{"timeZone":"UTC"}""");
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(data.PathOf(name))!);
        File.WriteAllText(data.PathOf(name), content);
    }

    private void Record(decimal cost, string model = "opus") => UsageLedger.Load(data, repair: true).Apply([RunningApp.Row(today, cost, model)]);

    [Fact]
    public async Task Report_Formats_GiveTheSameFigures()
    {
        Record(12.5m, "opus|4");
        string day = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        CommandResult table = await Executable.RunAsync(root, "report", "--since", "7d");
        CommandResult json = await Executable.RunAsync(root, "report", "--by", "model", "--format", "json");
        CommandResult csv = await Executable.RunAsync(root, "report", "--by", "day,model", "--format", "csv");
        CommandResult markdown = await Executable.RunAsync(root, "report", "--by", "model", "--format", "markdown");

        Assert.Equal((0, ""), (table.ExitCode, table.Error));
        Assert.Matches($@"(?m)^{day} +1 +10 +20 +0 +0 +12\.50$", table.Out);
        using JsonDocument document = JsonDocument.Parse(json.Out);
        Assert.Equal(12.5m, document.RootElement.GetProperty("total").GetProperty("cost").GetDecimal());
        Assert.Contains($"{day},opus|4,1,10,20,0,0,0,12.5", csv.Out, StringComparison.Ordinal);
        Assert.Contains("| opus\\|4 | 1 |", markdown.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_LessThanACent_SaysSo()
    {
        Record(0.004m);

        CommandResult table = await Executable.RunAsync(root, "report", "--since", "7d");
        CommandResult markdown = await Executable.RunAsync(root, "report", "--by", "model", "--format", "markdown");

        Assert.Matches(@"(?m)^Total .* <0\.01$", table.Out);
        Assert.Contains("| <0.01 |", markdown.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("report --by week", "--by")]
    [InlineData("report --since yesterday", "--since")]
    [InlineData("report --since 2026-02-30", "--since")]
    [InlineData("report --format pdf", "pdf")]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("serve --urls ftp://nowhere", "--urls")]
    public async Task AnyCommand_BadOption_Exits2AndNamesIt(string arguments, string named)
    {
        CommandResult result = await Executable.RunAsync(root, arguments.Split(' '));

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }

    [Fact]
    public async Task Report_UnknownProject_Exits2AndNamesIt()
    {
        await Executable.RunAsync(root, "sync");

        CommandResult result = await Executable.RunAsync(root, "report", "--project", "nowhere");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("There is no project \"nowhere\"", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("sync")]
    [InlineData("report")]
    [InlineData("check")]
    public async Task AnyCommand_DataDirectoryIsAFile_Exits2AndSaysSo(string command)
    {
        string file = Path.Combine(root, "notes.txt");
        File.WriteAllText(file, "mine");

        CommandResult result = await Executable.RunAsync(root, command, "--data", file);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"{file} is a file.", result.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("sync")]
    [InlineData("check")]
    public async Task AnyCommand_BadConfiguration_Exits2AndNamesEveryMistake(string command)
    {
        Write(DataFiles.Sync, """{"cron":"every day","intervalMinutes":0}""");
        Write(DataFiles.Alerts, """{"globalBudget":"lots"}""");

        CommandResult result = await Executable.RunAsync(root, command);

        Assert.Equal(2, result.ExitCode);
        foreach (string place in (string[])["config/sync.json, $.cron", "config/sync.json, $.intervalMinutes", "config/alerts.json, $.globalBudget"])
        {
            Assert.Contains(place, result.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("100", 0, "ok")]
    [InlineData("150", 10, "warning")]
    [InlineData("180", 11, "critical")]
    public async Task Check_Spend_DecidesTheExitCode(string spend, int exitCode, string status)
    {
        Record(decimal.Parse(spend, CultureInfo.InvariantCulture));

        CommandResult result = await Executable.RunAsync(root, "check", "--json");

        using JsonDocument document = JsonDocument.Parse(result.Out);
        Assert.Equal((exitCode, status), (result.ExitCode, document.RootElement.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Check_BrokenProjects_CannotEvaluate()
    {
        Write(DataFiles.Projects, "[{");

        Assert.Equal(1, (await Executable.RunAsync(root, "check")).ExitCode);
    }

    [Fact]
    public async Task Check_BrokenTokensThatMayStateTheBudget_CannotEvaluate()
    {
        Write(DataFiles.Tokens, "{bad");

        CommandResult result = await Executable.RunAsync(root, "check");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(DataFiles.Tokens, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_Json_PrintsTheDocumentOnStdoutOnly()
    {
        CommandResult result = await Executable.RunAsync(root, "sync", "--json");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(await File.ReadAllTextAsync(data.PathOf(DataFiles.SyncStatus)), result.Out);
        Assert.Equal("", await File.ReadAllTextAsync(data.PathOf(DataFiles.Lock)));
    }

    [Fact]
    public async Task Sync_WhileAServerHoldsTheDirectory_AsksIt()
    {
        await using RunningApp app = await RunningApp.StartAsync();

        CommandResult result;
        do
        {
            // On a machine so busy that this process does not answer within five seconds, 3 is right and says nothing else.
            result = await Executable.RunAsync(root, "sync", "--data", app.Data.Root);
        }
        while (result.ExitCode == 3 && result.Error.Contains("did not answer within 5 seconds", StringComparison.Ordinal));

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(app.Server.Address, result.Error, StringComparison.Ordinal);
        Assert.Equal("api", Assert.Single(app.Server.Workspaces.Own.Sync.Status.RecentRuns).Trigger);
    }

    [Fact]
    public async Task Sync_HolderIsNoServer_Exits3()
    {
        using DataDirectoryLock held = DataDirectoryLock.Acquire(data, new LockHolder(Environment.ProcessId, null, null));

        CommandResult result = await Executable.RunAsync(root, "sync");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains($"process {Environment.ProcessId}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_DirectoryInUse_Exits3()
    {
        using DataDirectoryLock held = DataDirectoryLock.Acquire(data, new LockHolder(Environment.ProcessId, null, null));

        Assert.Equal(3, (await Executable.RunAsync(root, "serve", "--urls", "http://127.0.0.1:0")).ExitCode);
    }

    [Fact]
    public async Task Serve_AddressInUse_Exits4()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;

        CommandResult result = await Executable.RunAsync(root, "serve", "--urls", $"http://127.0.0.1:{port}");

        Assert.Equal(4, result.ExitCode);
        Assert.Contains($"127.0.0.1:{port}", result.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Serve_Terminated_StopsCleanlyAndFreesTheDirectory()
    {
        Skip.If(OperatingSystem.IsWindows(), "Sends a Unix signal.");
        using Process process = Executable.Start(root, "--urls", "http://127.0.0.1:0");
        try
        {
            string? first = await process.StandardOutput.ReadLineAsync();
            Assert.StartsWith("AIAIAI Dashboard: http://127.0.0.1:", first, StringComparison.Ordinal);
            Assert.Equal($"Data directory:   {data.Root}", await process.StandardOutput.ReadLineAsync());
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        Assert.Equal(0, process.ExitCode);
        Assert.Equal("", await File.ReadAllTextAsync(data.PathOf(DataFiles.Lock)));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    public async Task Root_HelpAndVersion_ExitWith0(string option)
    {
        CommandResult result = await Executable.RunAsync(root, option);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.NotEmpty(result.Out);
    }
}
