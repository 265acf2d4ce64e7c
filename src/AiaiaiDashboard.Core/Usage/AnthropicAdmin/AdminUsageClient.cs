using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AiaiaiDashboard.Core.Projects;
using Polly.Timeout;

namespace AiaiaiDashboard.Core.Usage.AnthropicAdmin;

/// <summary>Asks the Admin API for its reports, page by page. Every failure is an <see cref="AdminApiException"/>.</summary>
/// <param name="http">From <see cref="AdminConnection.Create"/>.</param>
/// <param name="key">The key it sends, so that no answer can bring it into a message.</param>
/// <param name="time">Clock of the time limits.</param>
internal sealed class AdminUsageClient(HttpClient http, string key, TimeProvider time)
{
    /// <summary>Largest body that is read, in bytes.</summary>
    public const int MaxBody = 32 << 20;

    /// <summary>Most pages of one report.</summary>
    public const int MaxPages = 1000;

    /// <summary>Longest time a body may take once its head is there.</summary>
    public static readonly TimeSpan BodyLimit = TimeSpan.FromSeconds(30);

    /// <summary>Header that lets the usage report be grouped by speed, as documented with it.</summary>
    private const string SpeedBeta = "fast-mode-2026-02-01";

    private const int MaxRefusal = 16 << 10;
    private const int MaxPageToken = 4096;

    /// <summary>Usage of the messages API, grouped by everything that has a price or a project.</summary>
    /// <param name="from">Start of the first bucket, UTC.</param>
    /// <param name="until">End of the last bucket, UTC.</param>
    /// <param name="hourly">Buckets of an hour instead of a day.</param>
    /// <param name="bySpeed">Whether fast mode is told apart.</param>
    /// <param name="ct">Cancels.</param>
    public IAsyncEnumerable<AdminBucket<AdminUsage>> UsageAsync(DateTimeOffset from, DateTimeOffset until, bool hourly, bool bySpeed, CancellationToken ct)
    {
        string query = $"starting_at={Instant(from)}&ending_at={Instant(until)}&{(hourly ? "bucket_width=1h&limit=48" : "bucket_width=1d&limit=31")}"
            + Groups("api_key_id", "workspace_id", "model", "service_tier", "context_window", "inference_geo")
            + (bySpeed ? Groups("speed") : "");
        return PagesAsync("v1/organizations/usage_report/messages", query, AdminJsonContext.Default.Usage, bySpeed ? SpeedBeta : null, ct);
    }

    /// <summary>Billed costs by day (UTC), workspace and kind.</summary>
    public IAsyncEnumerable<AdminBucket<AdminCost>> CostsAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        PagesAsync(
            "v1/organizations/cost_report",
            $"starting_at={Instant(from)}&ending_at={Instant(until)}&bucket_width=1d&limit=31{Groups("workspace_id", "description")}",
            AdminJsonContext.Default.Costs, null, ct);

    /// <summary>Claude Code analytics of one day (UTC).</summary>
    public IAsyncEnumerable<AdminClaudeCode> ClaudeCodeAsync(DateOnly day, CancellationToken ct) =>
        PagesAsync(
            "v1/organizations/usage_report/claude_code",
            string.Create(CultureInfo.InvariantCulture, $"starting_at={day:yyyy-MM-dd}&limit=1000"),
            AdminJsonContext.Default.ClaudeCode, null, ct);

    /// <summary>Names of all workspaces, archived ones included, by id.</summary>
    public async Task<IReadOnlyDictionary<string, string>> WorkspacesAsync(CancellationToken ct)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (AdminWorkspace workspace in PagesAsync(
            "v1/organizations/workspaces", "include_archived=true&limit=1000", AdminJsonContext.Default.Workspaces, null, ct))
        {
            if (workspace is { Id: { } id, Name: { } name })
            {
                names[id] = name;
            }
        }

        return names;
    }

    private static string Instant(DateTimeOffset instant) => Uri.EscapeDataString(instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));

    private static string Groups(params ReadOnlySpan<string> names)
    {
        string query = "";
        foreach (string name in names)
        {
            query += $"&group_by[]={name}";
        }

        return query;
    }

    private async IAsyncEnumerable<T> PagesAsync<T>(
        string path, string query, JsonTypeInfo<AdminPage<T>> json, string? beta, [EnumeratorCancellation] CancellationToken ct)
        where T : class
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string next = "";
        while (true)
        {
            AdminPage<T> page = await GetAsync(path, query + next, json, beta, ct);
            foreach (T? entry in page.Data ?? throw Malformed(path, "it has no \"data\""))
            {
                yield return entry ?? throw Malformed(path, "an entry of \"data\" is null");
            }

            if (!page.HasMore)
            {
                yield break;
            }

            // Reports are turned by a token, lists by the id of their last entry.
            string? token = page.NextPage ?? page.LastId;
            if (string.IsNullOrEmpty(token) || token.Length > MaxPageToken)
            {
                throw Malformed(path, "it says there are more pages but not which");
            }

            if (!seen.Add(token) || seen.Count >= MaxPages)
            {
                throw Malformed(path, "its pages do not end");
            }

            next = $"&{(page.NextPage is null ? "after_id" : "page")}={Uri.EscapeDataString(token)}";
        }
    }

    private async Task<T> GetAsync<T>(string path, string query, JsonTypeInfo<T> json, string? beta, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{path}?{query}");
        if (beta is not null)
        {
            request.Headers.Add("anthropic-beta", beta);
        }

        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            using var limit = new CancellationTokenSource(BodyLimit, time);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
            if (!response.IsSuccessStatusCode)
            {
                throw await RefusedAsync(response, linked.Token);
            }

            ReadOnlyMemory<byte> body = await ReadAsync(response.Content, MaxBody, linked.Token)
                ?? throw Malformed(path, $"it is larger than {MaxBody >> 20} MB");
            return JsonSerializer.Deserialize(body.Span, json) ?? throw Malformed(path, "it is null");
        }
        catch (JsonException exception)
        {
            // The reader's message may quote the body; the place is enough.
            throw Malformed(path, string.Create(CultureInfo.InvariantCulture, $"it is no valid report at {Shown(exception.Path ?? "$")} (line {exception.LineNumber + 1})"));
        }
        catch (Exception exception) when (exception is TimeoutRejectedException || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new AdminApiException("The Anthropic Admin API did not answer in time. The next sync asks again.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException and not AdminApiException)
        {
            throw new AdminApiException($"The Anthropic Admin API could not be reached: {Shown(exception.Message)} The next sync asks again.");
        }
    }

    /// <summary>The body, or null where it is larger than the bound; no more than that is ever held.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, int bound, CancellationToken ct)
    {
        if (content.Headers.ContentLength > bound)
        {
            return null;
        }

        await using Stream stream = await content.ReadAsStreamAsync(ct);
        using var body = new MemoryStream();
        byte[] buffer = new byte[81920];
        int count;
        while ((count = await stream.ReadAsync(buffer, ct)) > 0)
        {
            if (body.Length + count > bound)
            {
                return null;
            }

            body.Write(buffer, 0, count);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private async Task<AdminApiException> RefusedAsync(HttpResponseMessage response, CancellationToken ct)
    {
        string status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        string reason = await ReasonAsync(response, ct);
        string message = (int)response.StatusCode switch
        {
            401 or 403 => $"The Anthropic Admin API refused the key in {AdminConnection.KeyVariable} (HTTP {status}{reason}). It needs an Admin API key, which begins with"
                + $" sk-ant-admin: an administrator of the organization creates one in the Claude Console. Set {AdminConnection.KeyVariable} to it and start the program again.",
            >= 300 and < 400 => $"The Anthropic Admin API answered with a redirect (HTTP {status}), which is not followed: the key goes to no other address.",
            429 => $"The Anthropic Admin API asks for fewer requests (HTTP 429{reason}). The next sync asks again.",
            >= 500 => $"The Anthropic Admin API has a fault (HTTP {status}{reason}). The next sync asks again.",
            _ => $"The Anthropic Admin API did not accept the request (HTTP {status}{reason}).",
        };
        return new AdminApiException(message, response.StatusCode);
    }

    private async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            ReadOnlyMemory<byte>? body = await ReadAsync(response.Content, MaxRefusal, ct);
            AdminRefusalReason? error = body is null ? null : JsonSerializer.Deserialize(body.Value.Span, AdminJsonContext.Default.Refusal)?.Error;
            string text = string.Join(", ", new[] { error?.Type, error?.Message }.Where(t => !string.IsNullOrWhiteSpace(t)));
            return text.Length == 0 ? "" : $": {Shown(text)}";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private AdminApiException Malformed(string path, string reason) =>
        new($"The answer of the Anthropic Admin API to {path["v1/organizations/".Length..]} could not be used: {Shown(reason)}.");

    // An answer is somebody else's text: one line, bounded, and never with the key in it, should it be echoed.
    private string Shown(string text) => ProjectNames.OneLine(text.Replace(key, "(key)", StringComparison.Ordinal), 300);
}
