using System.Text;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.Export;
using AiaiaiDashboard.Formatting;

namespace AiaiaiDashboard.Api;

/// <summary><c>/api/usage</c> and the export.</summary>
internal static class UsageRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/usage", Query).ProducesValidationProblem()
            .WithSummary("Sums of the ledger: by=day,month,project,model,session; since and until as 2026-11-01 or 7d; project as an id.");
        api.MapGet("/export/usage.csv", ExportAsync).Produces<string>(contentType: "text/csv").WithSummary("The ledger as CSV; since, until, project, model and q (part of a project or session id) narrow it; by sums it up by project, model or session, and q is part of its name then.");
    }

    private static IResult Query(WorkspaceHost workspaces, string? by = null, string? since = null, string? until = null, string? project = null)
    {
        DashboardSnapshot snapshot = workspaces.Own.Shown;
        (UsageQuery? query, IReadOnlyDictionary<string, string> errors) = UsageQueryText.Parse(by, since, until, project, snapshot.Today);
        if (query is null)
        {
            return ApiFailures.Invalid(errors.Select(e => (e.Key, e.Value)));
        }

        UsageAnswer answer = snapshot.Usage.Query(query);
        using var buffer = new MemoryStream();
        UsageAnswerJson.Write(buffer, answer, query, indented: false);
        return Results.Bytes(buffer.ToArray(), "application/json; charset=utf-8");
    }

    private static async Task ExportAsync(
        HttpResponse response, WorkspaceHost workspaces, CancellationToken ct,
        string? since = null, string? until = null, string? project = null, string? model = null, string? q = null, string? by = null, bool shown = false)
    {
        // The button of a page exports what that page shows, also while it is sample data.
        DashboardSnapshot snapshot = shown ? workspaces.State.Current : workspaces.Own.Shown;
        if (by is not null)
        {
            await ExportSumsAsync(response, snapshot, by, since, until, project, q);
            return;
        }

        IEnumerable<UsageRow> rows = snapshot.Usage.Rows;
        if (since is not null || until is not null || project is not null || model is not null || q is not null)
        {
            (UsageQuery? query, IReadOnlyDictionary<string, string> errors) = UsageQueryText.Parse(null, since, until, project, snapshot.Today);
            if (query is null)
            {
                await ApiFailures.Invalid(errors.Select(e => (e.Key, e.Value))).ExecuteAsync(response.HttpContext);
                return;
            }

            rows = UsageEntries.Of(snapshot.Usage, new EntryFilter
            {
                From = query.Since ?? DateOnly.MinValue,
                To = query.Until ?? snapshot.Today,
                Project = query.Project,
                Model = string.IsNullOrEmpty(model) ? null : model,
                Text = q,
            }).All();
        }

        await using StreamWriter writer = Csv(response, "usage.csv");
        await UsageCsv.WriteRowsAsync(writer, rows, ct);
    }

    private static async Task ExportSumsAsync(HttpResponse response, DashboardSnapshot snapshot, string by, string? since, string? until, string? project, string? q)
    {
        (UsageQuery? query, IReadOnlyDictionary<string, string> errors) = UsageQueryText.Parse(by, since, until, project, snapshot.Today);
        if (query is null)
        {
            await ApiFailures.Invalid(errors.Select(e => (e.Key, e.Value))).ExecuteAsync(response.HttpContext);
            return;
        }

        UsageAnswer answer = snapshot.Usage.Query(query);
        UsageAnswer found = query.By.Count == 0 ? answer : UsageSumTable.Find(answer, q, key => NameOf(snapshot, query.By[0], key));
        await using StreamWriter writer = Csv(response, $"usage-by-{string.Join('-', query.By).ToLowerInvariant()}.csv");
        var text = new StringWriter();
        UsageCsv.WriteAnswer(text, found, query);
        await writer.WriteAsync(text.ToString());
    }

    // What the tables of the pages call it.
    private static string NameOf(DashboardSnapshot snapshot, UsageGrouping by, string key) => by switch
    {
        UsageGrouping.Project => snapshot.Project(key)?.Name ?? key,
        UsageGrouping.Model => ModelName.Short(key),
        _ => key,
    };

    private static StreamWriter Csv(HttpResponse response, string name)
    {
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        return new StreamWriter(response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 64 * 1024);
    }
}
