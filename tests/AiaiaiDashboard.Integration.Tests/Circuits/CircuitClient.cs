using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiaiaiDashboard.Integration.Tests.Circuits;

/// <summary>
/// An open tab without a browser: loads a page, opens its circuit as Blazor's script does, confirms every render and answers every call of a script
/// with nothing.
/// </summary>
internal sealed partial class CircuitClient : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly HubConnection connection;
    private readonly HttpClient http;
    private readonly string address;
    private readonly TaskCompletionSource rendered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string secret = "";
    private long objects;
    private Channel<(long At, byte[] Batch)>? recorded;

    private CircuitClient(HubConnection connection, HttpClient http, string address)
    {
        this.connection = connection;
        this.http = http;
        this.address = address;
        connection.On("JS.RenderBatch", [typeof(long), typeof(byte[])], (arguments, _) => RenderedAsync((long)arguments[0]!, (byte[])arguments[1]!), this);
        connection.On("JS.BeginInvokeJS", [typeof(long), typeof(string), typeof(string), typeof(int), typeof(long), typeof(int)], (arguments, _) => AnswerAsync((long)arguments[0]!, (string)arguments[1]!, (int)arguments[3]!), this);
        connection.On<string>("JS.Error", message => Error = message);
        connection.Closed += exception =>
        {
            rendered.TrySetException(exception ?? new InvalidOperationException("The server closed the circuit."));
            return Task.CompletedTask;
        };
    }

    /// <summary>What the server said went wrong.</summary>
    public string? Error { get; private set; }

    /// <summary>Renders that arrived.</summary>
    public int Renders { get; private set; }

    /// <summary>Opens a tab; done when the first render has arrived.</summary>
    /// <param name="address">Base address of the server.</param>
    /// <param name="path">The page.</param>
    /// <param name="http">Loads the page; shared, so that its connections are.</param>
    public static async Task<CircuitClient> OpenAsync(string address, string path, HttpClient http)
    {
        string url = address.TrimEnd('/') + path;
        string html = await http.GetStringAsync(new Uri(url));
        HubConnectionBuilder builder = new();
        builder.WithUrl(address.TrimEnd('/') + "/_blazor", options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.SkipNegotiation = true;
            options.Headers["Origin"] = address.TrimEnd('/');
        });
        builder.Services.RemoveAll<IHubProtocol>();
        builder.Services.AddSingleton<IHubProtocol, BlazorPackProtocol>();
        var client = new CircuitClient(builder.Build(), http, address.TrimEnd('/'));
        try
        {
            using var limit = new CancellationTokenSource(Limit);
            await client.connection.StartAsync(limit.Token);
            string? secret = await client.connection.InvokeAsync<string?>("StartCircuit", address.TrimEnd('/') + "/", url, "[]", "", limit.Token);
            client.secret = secret ?? throw new InvalidOperationException("The server started no circuit.");

            await client.connection.SendAsync("UpdateRootComponents", Components(html), State(html), limit.Token);
            await client.rendered.Task.WaitAsync(limit.Token);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Keeps from now on every render that arrives, with its time.</summary>
    public void Record() => Volatile.Write(ref recorded, Channel.CreateUnbounded<(long, byte[])>());

    /// <summary>The time stamp of the first kept render with this text, or of the one that is still to come.</summary>
    public async Task<long> RecordedAsync(string text)
    {
        byte[] searched = Encoding.UTF8.GetBytes(text);
        using var limit = new CancellationTokenSource(Limit);
        await foreach ((long at, byte[] batch) in recorded!.Reader.ReadAllAsync(limit.Token))
        {
            if (batch.AsSpan().IndexOf(searched) >= 0)
            {
                Volatile.Write(ref recorded, null);
                return at;
            }
        }

        throw new InvalidOperationException("The tab was closed.");
    }

    /// <summary>Closes the tab as a person does: the browser says goodbye, and the server need not wait for it to come back.</summary>
    public async Task CloseAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address + "/_blazor/disconnect")) { Content = new FormUrlEncodedContent([new("circuitId", secret)]) };
        request.Headers.Add("Origin", address);
        using HttpResponseMessage response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        await DisposeAsync();
    }

    /// <summary>Drops the tab as a crashed browser does: nobody says goodbye.</summary>
    public async ValueTask DisposeAsync() => await connection.DisposeAsync();

    private async Task RenderedAsync(long id, byte[] batch)
    {
        Renders++;
        Volatile.Read(ref recorded)?.Writer.TryWrite((Stopwatch.GetTimestamp(), batch));
        await connection.SendAsync("OnRenderCompleted", id, null);
        rendered.TrySetResult();
    }

    private async Task AnswerAsync(long handle, string identifier, int resultType)
    {
        // 1: an object of the browser is to be returned, such as a module.
        string result = resultType == 1 || identifier == "import" ? $$"""{"__jsObjectId":{{Interlocked.Increment(ref objects).ToString(CultureInfo.InvariantCulture)}}}""" : "null";
        await connection.SendAsync("EndInvokeJSFromDotNet", handle, true, $"[{handle.ToString(CultureInfo.InvariantCulture)},true,{result}]");
    }

    private static string Components(string html)
    {
        var operations = new JsonArray();
        foreach (Match match in Marker().Matches(html))
        {
            if (JsonNode.Parse(WebUtility.HtmlDecode(match.Groups["json"].Value)) is JsonObject marker && marker["type"]?.GetValue<string>() == "server")
            {
                operations.Add(new JsonObject { ["type"] = "add", ["ssrComponentId"] = operations.Count + 1, ["marker"] = marker });
            }
        }

        return new JsonObject { ["batchId"] = 1, ["operations"] = operations }.ToJsonString();
    }

    private static string State(string html) => ServerState().Match(html).Groups["state"].Value;

    [GeneratedRegex("<!--Blazor:(?<json>\\{.*?\\})-->", RegexOptions.ExplicitCapture)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>[^-]*?)-->", RegexOptions.ExplicitCapture)]
    private static partial Regex ServerState();
}
