using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Usage.AnthropicAdmin;

/// <summary>The source <c>anthropic-admin</c> of the tokens step, once it is enabled: usage into the ledger, the cost and Claude Code reports beside it.</summary>
/// <param name="environment">Environment variables by name.</param>
internal sealed class AdminUsageSource(Func<string, string?> environment)
{
    /// <summary>Longest time of one run, all reports together: the rest of the sync waits for it.</summary>
    public static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(3);

    /// <summary>Asks for the last days and writes what changed.</summary>
    /// <param name="context">The run.</param>
    /// <param name="prices">Prices.</param>
    /// <param name="ledger">Gets the rows; untouched when the usage report cannot be had.</param>
    /// <param name="keepFrom">First day that is kept (retention).</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What came of it; failures of the API are no exceptions.</returns>
    public async Task<SyncSourceStatus> RunAsync(SyncContext context, PriceTable prices, UsageLedger ledger, DateOnly keepFrom, CancellationToken ct)
    {
        AnthropicAdminSource config = context.Config.Sources.AnthropicAdmin;
        string key = environment(AdminConnection.KeyVariable)?.Trim() ?? "";
        if (key.Length == 0)
        {
            return Status(SyncOutcome.Skipped, $"Not configured: the environment variable {AdminConnection.KeyVariable} is not set.");
        }

        if (!AdminConnection.IsKey(key))
        {
            return Status(SyncOutcome.Error, $"{AdminConnection.KeyVariable} holds characters that no key has: copy the Admin API key once more, on one line and without quotes.");
        }

        using var limit = new CancellationTokenSource(RunLimit, context.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            Uri address = AdminConnection.Address(environment);
            using HttpClient http = AdminConnection.Create(address, key, context.Time);
            var client = new AdminUsageClient(http, key, context.Time);
            var projects = new AdminProjects(config, context.Catalogue.IdForName);
            AdminUsageRows usage = await UsageAsync(client, context, prices, config.Days, keepFrom, linked.Token);
            await projects.LearnAsync(usage.Owners, client, linked.Token);
            int rows = usage.Apply(ledger, projects);
            string? warning = await ReportAsync(client, context, prices, config.Days, keepFrom, linked.Token);
            context.Searched.Add(new SearchedPlace(
                "Anthropic Admin API", address.GetLeftPart(UriPartial.Authority), rows == 0 ? "no usage" : FormattableString.Invariant($"{rows:N0} usage {(rows == 1 ? "row" : "rows")}"), rows > 0));
            return Status(warning is null ? SyncOutcome.Success : SyncOutcome.Warning, warning) with
            {
                Items = rows,
                Paths = [address.GetLeftPart(UriPartial.Authority)],
                Details = projects.Unmapped.Count == 0 ? null : [.. projects.Unmapped.Take(SyncSourceStatus.MaxDetails)],
            };
        }
        catch (AdminApiException exception)
        {
            return Status(SyncOutcome.Error, exception.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Status(SyncOutcome.Error, FormattableString.Invariant($"The Anthropic Admin API took longer than {RunLimit.TotalMinutes:0} minutes. The next sync asks again."));
        }
    }

    private static SyncSourceStatus Status(string status, string? error) => new() { Name = UsageSource.AnthropicAdmin, Status = status, Error = error };

    private static async Task<AdminUsageRows> UsageAsync(
        AdminUsageClient client, SyncContext context, PriceTable prices, int days, DateOnly keepFrom, CancellationToken ct)
    {
        DateOnly first = Latest(context.Today.AddDays(1 - days), keepFrom);
        DateTimeOffset until = EndOfToday(context);
        DateTimeOffset from = Start(first);
        bool hourly = !AdminUsageRows.DaysAreUtc(context.Zone, from, until);
        if (hourly)
        {
            // The first day begins at most 14 hours before that of UTC; buckets before it are passed over.
            from = from.AddDays(-1);
        }

        try
        {
            return await CollectAsync(bySpeed: true);
        }
        catch (AdminApiException exception) when (exception.Status == System.Net.HttpStatusCode.BadRequest)
        {
            // Telling fast mode apart is a beta of the report, which may end or be closed to an organization.
            return await CollectAsync(bySpeed: false);
        }

        async Task<AdminUsageRows> CollectAsync(bool bySpeed)
        {
            var rows = new AdminUsageRows(prices, context.Zone, first, context.Today);
            long buckets = 0;
            await foreach (AdminBucket<AdminUsage> bucket in client.UsageAsync(from, until, hourly, bySpeed, ct))
            {
                rows.Add(bucket);
                context.Report(++buckets, 0, "report entries");
            }

            return rows;
        }
    }

    /// <summary>Brings the document of the other reports up to date; what fails is left as it was.</summary>
    /// <returns>What failed, or null.</returns>
    private static async Task<string?> ReportAsync(
        AdminUsageClient client, SyncContext context, PriceTable prices, int days, DateOnly keepFrom, CancellationToken ct)
    {
        DateTimeOffset until = EndOfToday(context);
        var today = DateOnly.FromDateTime(context.Time.GetUtcNow().UtcDateTime);
        DateOnly first = Latest(today.AddDays(1 - days), keepFrom);
        DocumentRead<AdminReport> known = context.Store.Read(AdminReport.Document);
        var builder = new AdminReportBuilder(known.Value ?? new AdminReport(), keepFrom, prices);
        string? warning = null;
        try
        {
            await builder.AskCostsAsync(client, first, until, ct);
        }
        catch (AdminApiException exception)
        {
            warning = $"The cost report is missing: {exception.Message}";
        }

        try
        {
            await builder.AskClaudeCodeAsync(client, first, today, ct);
        }
        catch (AdminApiException exception)
        {
            warning = Sentences.Join(warning, $"The Claude Code report is missing: {exception.Message}");
        }

        AdminReport report = builder.Build();
        try
        {
            await context.Store.WriteAsync(AdminReport.Document, report, ct);
        }
        catch (InvalidDataException exception)
        {
            warning = Sentences.Join(warning, exception.Message);
        }

        context.Set(report);
        return warning;
    }

    private static DateOnly Latest(DateOnly a, DateOnly b) => a > b ? a : b;

    private static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static DateTimeOffset EndOfToday(SyncContext context) => Start(DateOnly.FromDateTime(context.Time.GetUtcNow().UtcDateTime).AddDays(1));
}
