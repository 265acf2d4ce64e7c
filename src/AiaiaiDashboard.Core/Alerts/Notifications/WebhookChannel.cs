using System.Net;
using System.Net.Http.Headers;
using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Core.Alerts.Notifications;

/// <summary>
/// One request per alert to one configured address, and nowhere else: redirects are not followed, the answer's body is not read. The address comes
/// from an environment variable and never appears in a message.
/// </summary>
/// <param name="config">The webhook.</param>
/// <param name="environment">Environment variables by name.</param>
/// <param name="limit">Time limit of an attempt; null for <see cref="Limit"/>.</param>
public sealed class WebhookChannel(WebhookConfig config, Func<string, string?> environment, TimeSpan? limit = null) : INotificationChannel
{
    /// <summary>An attempt that takes longer has failed.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Longest time a receiver's Retry-After is honoured.</summary>
    public static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(1);

    // One for all: connections are pooled by address, and cookies, redirects and credentials are off.
    private static readonly HttpClient Client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 32,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <inheritdoc/>
    public string Name => NameOf(config);

    /// <summary>Identity of a webhook's channel.</summary>
    public static string NameOf(WebhookConfig config) => $"webhook:{config.Name}";

    /// <summary>Why nothing can be sent; null where the address is set.</summary>
    public static string? Missing(WebhookConfig config, Func<string, string?> environment) =>
        string.IsNullOrWhiteSpace(environment(config.UrlVariable)) ? $"The environment variable {config.UrlVariable} is not set."
        : Address(environment(config.UrlVariable)) is null ? $"The environment variable {config.UrlVariable} holds no http or https address."
        : config.TokenVariable is { } token && string.IsNullOrWhiteSpace(environment(token)) ? $"The environment variable {token} is not set."
        : null;

    /// <inheritdoc/>
    public async Task SendAsync(Notification notification, CancellationToken ct)
    {
        if (Missing(config, environment) is { } missing)
        {
            throw new DeliveryException(missing);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, Address(environment(config.UrlVariable))!);
        request.Content = WebhookBodies.Of(config.Format, notification);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("AiaiaiDashboard", null));
        if (config.TokenVariable is { } variable && !request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {environment(variable)!.Trim()}"))
        {
            throw new DeliveryException($"The environment variable {variable} holds nothing that can be sent as a token.");
        }

        TimeSpan allowed = limit ?? Limit;
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct);
        linked.CancelAfter(allowed);
        try
        {
            using HttpResponseMessage response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token);
            Check(response);
        }
        catch (HttpRequestException exception)
        {
            // Its message may name the host, which may be part of the secret.
            throw new DeliveryException($"The address in {config.UrlVariable} could not be reached ({exception.HttpRequestError}).", exception);
        }
        catch (OperationCanceledException exception) when (!ct.IsCancellationRequested)
        {
            throw new DeliveryException(FormattableString.Invariant($"No answer within {allowed.TotalSeconds:0.#} s."), exception);
        }
    }

    private static Uri? Address(string? text) => Uri.TryCreate(text?.Trim(), UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" ? address : null;

    private static void Check(HttpResponseMessage response)
    {
        int status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        throw status switch
        {
            >= 300 and < 400 => new DeliveryException($"Answered {status}: it leads to another address, which is not followed. Put the final address into the variable."),
            429 => new DeliveryException("Answered 429: too many requests.") { RetryAfter = RetryAfter(response) },
            503 => new DeliveryException("Answered 503: not available.") { RetryAfter = RetryAfter(response) },
            400 or 413 or 415 or 422 => new DeliveryException($"Answered {status}: it refuses the message. Check the format of the webhook.") { IsRefused = true },
            401 or 403 => new DeliveryException($"Answered {status}: it does not accept the credentials."),
            _ => new DeliveryException($"Answered {status} ({(HttpStatusCode)status})."),
        };
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        RetryConditionHeaderValue? header = response.Headers.RetryAfter;
        TimeSpan? wait = header?.Delta ?? (header?.Date - (response.Headers.Date ?? header?.Date));
        return wait is null ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait < MaxRetryAfter ? wait : MaxRetryAfter;
    }
}
