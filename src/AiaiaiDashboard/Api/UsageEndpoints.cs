using System.Globalization;
using System.Text.Json;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Api;

/// <summary>GET /api/usage, /api/analytics and /api/export/usage.csv.</summary>
internal static class UsageEndpoints
{
    public static void MapUsage(this RouteGroupBuilder api)
    {
        api.MapGet("/usage", Usage).WithName("GetUsage").WithSummary("Rows and totals of the ledger, grouped by day, month, project, model, session.");
        api.MapGet("/analytics", (WorkspaceHost host) => DashboardApi.Json(DashboardApi.Snapshot(host).Analytics, AnalyticsDocuments.Analytics.Json))
            .WithName("GetAnalytics").WithSummary("The precomputed figures.");
        api.MapGet("/export/usage.csv", Export).WithName("ExportUsage").WithSummary("The ledger as CSV.");
    }

    private static IResult Usage(WorkspaceHost host, string? by, string? since, string? until, string? project)
    {
        var errors = new List<(string, string)>();
        var groupings = new List<UsageGrouping>();
        foreach (string name in (by ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Enum.TryParse(name, ignoreCase: true, out UsageGrouping grouping) && !char.IsAsciiDigit(name[0]))
            {
                groupings.Add(grouping);
            }
            else
            {
                errors.Add(("by", $"\"{name}\" is not allowed: expected day, month, project, model or session."));
            }
        }

        DashboardSnapshot snapshot = DashboardApi.Snapshot(host);
        DateOnly? first = Day("since", since, snapshot.Today, errors);
        DateOnly? last = Day("until", until, snapshot.Today, errors);
        if (errors.Count > 0)
        {
            return DashboardApi.Invalid(errors);
        }

        UsageAnswer answer = snapshot.Usage.Query(new UsageQuery([.. groupings.Distinct()], first, last, project));
        return Results.Stream(
            stream => WriteAsync(stream, answer, [.. groupings.Distinct()]), "application/json; charset=utf-8");
    }

    private static async Task WriteAsync(Stream stream, UsageAnswer answer, IReadOnlyList<UsageGrouping> groupings)
    {
        await using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteStartArray("rows");
        int written = 0;
        foreach (UsageSum row in answer.Rows)
        {
            WriteSum(json, row, groupings);
            if (++written % 500 == 0)
            {
                await json.FlushAsync();
            }
        }

        json.WriteEndArray();
        json.WritePropertyName("totals");
        WriteSum(json, answer.Total, []);
        json.WriteEndObject();
    }

    private static void WriteSum(Utf8JsonWriter json, UsageSum sum, IReadOnlyList<UsageGrouping> groupings)
    {
        json.WriteStartObject();
        for (int i = 0; i < groupings.Count; i++)
        {
            json.WriteString(groupings[i].ToString().ToLowerInvariant(), sum.Keys[i]);
        }

        json.WriteNumber("calls", sum.Calls);
        json.WriteNumber("tokensIn", sum.TokensIn);
        json.WriteNumber("tokensOut", sum.TokensOut);
        json.WriteNumber("cacheWrite", sum.CacheWrite);
        json.WriteNumber("cacheWrite1h", sum.CacheWrite1h);
        json.WriteNumber("cacheRead", sum.CacheRead);
        json.WriteNumber("totalTokens", sum.TotalTokens);
        json.WriteNumber("cost", sum.Cost);
        if (sum.Unpriced)
        {
            json.WriteBoolean("unpriced", true);
        }

        if (sum.IncompleteCalls > 0)
        {
            json.WriteNumber("incompleteCalls", sum.IncompleteCalls);
        }

        json.WriteEndObject();
    }

    private static DateOnly? Day(string field, string? text, DateOnly today, List<(string, string)> errors)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (UsageDays.TryParse(text, today, out DateOnly day))
        {
            return day;
        }

        errors.Add((field, $"\"{text}\" is no day: expected YYYY-MM-DD, or a number of days such as 7d."));
        return null;
    }

    private static IResult Export(WorkspaceHost host, HttpResponse response)
    {
        DashboardSnapshot snapshot = DashboardApi.Snapshot(host);
        response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"usage-{snapshot.Today:yyyy-MM-dd}.csv\"");
        return Results.Stream(stream => UsageCsv.WriteAsync(stream, snapshot.Usage.Rows), "text/csv; charset=utf-8");
    }
}
