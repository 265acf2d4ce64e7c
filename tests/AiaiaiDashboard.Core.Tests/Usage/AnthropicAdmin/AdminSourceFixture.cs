using System.Globalization;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Tests.Storage;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.AnthropicAdmin;
using Microsoft.Extensions.Logging;

namespace AiaiaiDashboard.Core.Tests.Usage.AnthropicAdmin;

/// <summary>A data directory, the API on this machine and the tokens step between them.</summary>
public abstract class AdminSourceFixture : IDisposable
{
    private protected const string Key = "sk-ant-admin01-secret-of-this-test";

    private protected static readonly DateOnly Day = new(2026, 11, 22);

    private protected AdminSourceFixture()
    {
        Server = new AdminApiServer(asked => asked.Path switch
        {
            "/v1/organizations/usage_report/messages" => UsageAnswer(asked),
            "/v1/organizations/cost_report" => CostsAnswer(asked),
            "/v1/organizations/usage_report/claude_code" => ClaudeCodeAnswer(asked),
            "/v1/organizations/workspaces" => WorkspacesAnswer(asked),
            _ => new Reply(404, ""),
        });
        Variables["ANTHROPIC_ADMIN_KEY"] = Key;
        Variables["AIAIAI_ANTHROPIC_ADMIN_URL"] = Server.Address.AbsoluteUri;
        Folder.Data.EnsureCreated();
    }

    private protected TestFolder Folder { get; } = new();

    private protected TimerClock Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    private protected AdminApiServer Server { get; }

    private protected Dictionary<string, string?> Variables { get; } = [];

    private protected LogLines Log { get; } = new();

    private protected Func<Asked, Reply> UsageAnswer { get; set; } = _ => Reply.Ok(AdminReports.Empty);

    private protected Func<Asked, Reply> CostsAnswer { get; set; } = _ => Reply.Ok(AdminReports.Empty);

    private protected Func<Asked, Reply> ClaudeCodeAnswer { get; set; } = _ => Reply.Ok(AdminReports.Empty);

    private protected Func<Asked, Reply> WorkspacesAnswer { get; set; } = _ => Reply.Ok(AdminReports.Empty);

    private protected AnthropicAdminSource Config { get; set; } = new() { Enabled = true };

    private protected TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>Rows that count after the last run, those of zeros left out.</summary>
    private protected IReadOnlyList<UsageRow> Counted { get; private set; } = [];

    private protected AdminReport? Report { get; private set; }

    public void Dispose()
    {
        Server.Dispose();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static UsageRow Held(string date, string session) => new()
    {
        Date = DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        Project = "alpha",
        Session = session,
        Model = "m",
        Source = UsageSource.AnthropicAdmin,
        TokensIn = 10,
        Cost = 1,
    };

    private protected static UsageRow Find(UsageLedger ledger, string date, string session) => Assert.IsType<UsageRow>(ledger.Find(Held(date, session).Key));

    private protected UsageReadModel Model() => new(UsageLedger.Load(Folder.Data, repair: false).Rows, new DateOnly(2026, 11, 23));

    private protected Dictionary<string, (DateTime Written, string Text)> Files() =>
        Folder.Files().ToDictionary(f => f, f => (File.GetLastWriteTimeUtc(Folder.Data.PathOf(f)), Folder.Text(f)));

    private protected async Task<(SyncStepResult Step, SyncSourceStatus Source)> RunAsync()
    {
        SyncStepResult step = await StepAsync();
        return (step, step.Sources!.Single(s => s.Name == UsageSource.AnthropicAdmin));
    }

    private protected async Task<SyncStepResult> StepAsync()
    {
        var sources = new SourcesConfig { ClaudeCode = new ClaudeCodeSource { Enabled = false }, AnthropicAdmin = Config };
        var context = new SyncContext
        {
            Store = new DocumentStore(Folder.Data),
            Config = DashboardConfig.Default with { Sources = sources },
            Time = Clock,
            Zone = Zone,
            Catalogue = new ProjectCatalogue([]),
            Log = Log,
        };
        SyncStepResult step = await new TokensStep(Variables.GetValueOrDefault).RunAsync(context, CancellationToken.None);
        Counted = [.. context.Usage!.Rows.Where(UsageReadModel.HasUsage)];
        Report = context.Get<AdminReport>();
        return step;
    }

    private protected sealed class LogLines : ILogger
    {
        private readonly List<string> lines = [];

        public IReadOnlyList<string> Lines => lines;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception) + exception);
    }
}
