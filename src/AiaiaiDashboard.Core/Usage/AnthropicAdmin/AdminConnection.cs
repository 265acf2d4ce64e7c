using System.Buffers;
using System.Net.Http.Headers;
using System.Reflection;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace AiaiaiDashboard.Core.Usage.AnthropicAdmin;

/// <summary>The way to the Admin API: address, key and a client that repeats what may be repeated.</summary>
internal static class AdminConnection
{
    /// <summary>Environment variable of the Admin API key: the only place it comes from.</summary>
    public const string KeyVariable = "ANTHROPIC_ADMIN_KEY";

    /// <summary>Environment variable of another address, for tests; accepted on loopback alone, so that the key cannot be led elsewhere.</summary>
    public const string AddressVariable = "AIAIAI_ANTHROPIC_ADMIN_URL";

    /// <summary>Longest time one attempt waits for the head of an answer.</summary>
    public static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait before a repetition; an answer that asks for more is the last.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    /// <summary>Repetitions of a request.</summary>
    public const int MaxRetries = 4;

    private const int MaxKeyLength = 1000;

    // What may stand in a header's value without quoting: no spaces, no controls.
    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create([.. Enumerable.Range(0x21, 0x7F - 0x21).Select(c => (char)c)]);

    private static readonly Uri Production = new("https://api.anthropic.com/");

    /// <summary>Whether a key can be sent at all; a header refuses others with a message that would quote them.</summary>
    public static bool IsKey(string key) => key.Length is > 0 and <= MaxKeyLength && key.AsSpan().IndexOfAnyExcept(KeyCharacters) < 0;

    /// <summary>The address of the API.</summary>
    /// <param name="environment">Environment variables by name.</param>
    /// <exception cref="AdminApiException">The override is no loopback address.</exception>
    public static Uri Address(Func<string, string?> environment)
    {
        string? other = environment(AddressVariable);
        if (string.IsNullOrWhiteSpace(other))
        {
            return Production;
        }

        return Uri.TryCreate(other, UriKind.Absolute, out Uri? address) && address.IsLoopback && address.Scheme is "http" or "https"
            ? address
            : throw new AdminApiException($"{AddressVariable} is not allowed: it may only name an address of this machine, such as http://127.0.0.1:8080.");
    }

    /// <summary>A client with time limits, bounded repetitions and no redirects. The caller disposes it.</summary>
    /// <param name="address">From <see cref="Address"/>.</param>
    /// <param name="key">The Admin API key; see <see cref="IsKey"/>.</param>
    /// <param name="time">Clock of limits and waits.</param>
    public static HttpClient Create(Uri address, string key, TimeProvider time)
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !address.IsLoopback,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            MaxResponseHeadersLength = 64,
        };
        var client = new HttpClient(new ResilienceHandler(Pipeline(time)) { InnerHandler = sockets })
        {
            BaseAddress = address,
            // The limits of the pipeline and of reading the body apply instead: they go by the given clock.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        string version = typeof(AdminConnection).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("AiaiaiDashboard", version));
        client.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");
        client.DefaultRequestHeaders.TryAddWithoutValidation("x-api-key", key);
        return client;
    }

    private static ResiliencePipeline<HttpResponseMessage> Pipeline(TimeProvider time) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromSeconds(1),
                MaxDelay = MaxWait,
                ShouldHandle = arguments => ValueTask.FromResult(MayRepeat(arguments, time)),
                DelayGenerator = arguments => ValueTask.FromResult(RetryAfter(arguments.Outcome.Result, time)),
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = AttemptLimit })
            .Build();

    private static bool MayRepeat(RetryPredicateArguments<HttpResponseMessage> arguments, TimeProvider time) =>
        HttpClientResiliencePredicates.IsTransient(arguments.Outcome) && !(RetryAfter(arguments.Outcome.Result, time) > MaxWait);

    /// <summary>How long an answer asks to wait, never negative; null where it does not say.</summary>
    internal static TimeSpan? RetryAfter(HttpResponseMessage? response, TimeProvider time)
    {
        if (response?.Headers.RetryAfter is not { } header)
        {
            return null;
        }

        TimeSpan? wait = header.Delta ?? (header.Date - time.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
