using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Security;

namespace AiaiaiDashboard.Cli;

/// <summary>A server does not answer, or is not one of ours.</summary>
internal sealed class ServerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The server that holds a data directory, asked over HTTP.</summary>
internal sealed class RunningServer : IDisposable
{
    private static readonly TimeSpan ProgressPoll = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient http;
    private readonly TimeSpan answerLimit;

    /// <summary>Prepares to ask; nothing is sent yet.</summary>
    /// <param name="address">Base address from the lock file.</param>
    /// <param name="key">Local key from the lock file.</param>
    /// <param name="answerLimit">How long the server may take to answer the first question.</param>
    public RunningServer(string address, string? key, TimeSpan answerLimit)
    {
        Address = address;
        this.answerLimit = answerLimit;
        // The server is on this machine: a proxy of the environment must neither see the key nor stand in the way.
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(address),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (key is not null)
        {
            http.DefaultRequestHeaders.Add(LocalKey.HeaderName, key);
        }
    }

    /// <summary>Base address.</summary>
    public string Address { get; }

    /// <summary>Asks for a sync, or joins the one that runs, and waits for its end.</summary>
    /// <param name="show">Gets the progress.</param>
    /// <param name="ct">Ends the waiting; the server goes on.</param>
    /// <exception cref="ServerUnavailableException">No answer in time, or none of a dashboard.</exception>
    public async Task<SyncStatus> SyncAsync(Action<SyncProgress?> show, CancellationToken ct)
    {
        try
        {
            await FirstAnswerAsync(ct);
            Task<HttpResponseMessage> run = http.PostAsync(new Uri("api/sync", UriKind.Relative), null, ct);
            while (await Task.WhenAny(run, Task.Delay(ProgressPoll, ct)) != run)
            {
                ct.ThrowIfCancellationRequested();
                show(await ProgressAsync(ct));
            }

            using HttpResponseMessage response = await run;
            return await response.Content.ReadFromJsonAsync(SyncDocuments.Status.Json, ct)
                ?? throw new ServerUnavailableException($"The server at {Address} gave no status.");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or NotSupportedException)
        {
            throw new ServerUnavailableException($"The server at {Address} did not answer as expected: {exception.Message}", exception);
        }
    }

    /// <summary>Asks for a token that lets a browser in.</summary>
    /// <returns>Null where people sign in otherwise, or not at all.</returns>
    /// <exception cref="ServerUnavailableException">No answer in time, or none of a dashboard.</exception>
    public async Task<string?> LoginTokenAsync(CancellationToken ct)
    {
        try
        {
            await FirstAnswerAsync(ct);
            using HttpResponseMessage response = await http.PostAsync(new Uri("login/link", UriKind.Relative), null, ct);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed)
            {
                return null;
            }

            response.EnsureSuccessStatusCode();
            using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(ct));
            return document.RootElement.GetProperty("token").GetString();
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ServerUnavailableException($"The server at {Address} did not answer as expected: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task FirstAnswerAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(answerLimit);
        try
        {
            await ProgressAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new ServerUnavailableException($"The server at {Address} did not answer within {answerLimit.TotalSeconds:0} seconds.");
        }
    }

    private async Task<SyncProgress?> ProgressAsync(CancellationToken ct)
    {
        using JsonDocument document = JsonDocument.Parse(await http.GetByteArrayAsync(new Uri("api/sync", UriKind.Relative), ct));
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("state", out _))
        {
            throw new JsonException("this is no dashboard");
        }

        return root.TryGetProperty("progress", out JsonElement p) && p.ValueKind == JsonValueKind.Object
            ? new SyncProgress(
                p.GetProperty("step").GetString() ?? "", p.GetProperty("stepNumber").GetInt32(), p.GetProperty("stepCount").GetInt32(),
                p.GetProperty("done").GetInt64(), p.GetProperty("total").GetInt64(), p.GetProperty("unit").GetString() ?? "",
                p.GetProperty("startedAt").GetDateTimeOffset())
            : null;
    }
}
