using System.Net.Sockets;
using AiaiaiDashboard.Core.Settings;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace AiaiaiDashboard.Core.Alerts.Notifications;

/// <summary>Mail by SMTP, one per alert. Certificates are checked; a password is never sent over a connection without encryption, save to this machine.</summary>
/// <param name="config">Server, sender and recipients.</param>
/// <param name="environment">Environment variables by name.</param>
/// <param name="limit">Time limit of an attempt; null for <see cref="Limit"/>.</param>
public sealed class MailChannel(MailConfig config, Func<string, string?> environment, TimeSpan? limit = null) : INotificationChannel
{
    /// <summary>Identity of the channel.</summary>
    public const string ChannelName = "mail";

    /// <summary>An attempt that takes longer has failed.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public string Name => ChannelName;

    /// <summary>Why nothing can be sent; null where everything is set.</summary>
    public static string? Missing(MailConfig config, Func<string, string?> environment)
    {
        string? unset = new[] { config.UserVariable, config.PasswordVariable }.FirstOrDefault(v => v is not null && string.IsNullOrEmpty(environment(v)));
        return unset is not null ? $"The environment variable {unset} is not set."
            : config.UserVariable is null != config.PasswordVariable is null ? "A user name needs a password, and a password a user name: name both environment variables."
            : config.UserVariable is not null && config.Security == "none" && !IsThisMachine(config.Host) ? "A password is not sent without encryption: use startTls or tls."
            : null;
    }

    /// <inheritdoc/>
    public async Task SendAsync(Notification notification, CancellationToken ct)
    {
        if (Missing(config, environment) is { } missing)
        {
            throw new DeliveryException(missing);
        }

        TimeSpan allowed = limit ?? Limit;
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct);
        linked.CancelAfter(allowed);
        using var client = new SmtpClient { Timeout = (int)allowed.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(config.Host, config.Port, Options(), linked.Token);
            if (config.UserVariable is { } user && config.PasswordVariable is { } password)
            {
                await client.AuthenticateAsync(environment(user)!, environment(password)!, linked.Token);
            }

            using MimeMessage message = Message(notification);
            await client.SendAsync(message, linked.Token);
            await client.DisconnectAsync(quit: true, CancellationToken.None);
        }
        catch (AuthenticationException exception)
        {
            throw new DeliveryException("The mail server does not accept the user name and password.", exception);
        }
        catch (SmtpCommandException exception)
        {
            throw new DeliveryException($"The mail server refused it: {Shorten(exception.Message)}", exception) { IsRefused = (int)exception.StatusCode >= 500 };
        }
        catch (Exception exception) when (exception is SocketException or IOException or ProtocolException or SslHandshakeException or NotSupportedException or ServiceNotConnectedException)
        {
            throw new DeliveryException($"The mail server {config.Host} could not be used: {Shorten(exception.Message)}", exception);
        }
        // The client's own limit on reading and ours end at the same time; either may be noticed first.
        catch (Exception exception) when (exception is TimeoutException || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new DeliveryException(FormattableString.Invariant($"The mail server did not answer within {allowed.TotalSeconds:0.#} s."), exception);
        }
    }

    private MimeMessage Message(Notification notification)
    {
        var message = new MimeMessage();
        message.From.Add(MailboxAddress.Parse(config.From));
        message.To.AddRange(config.To.Select(MailboxAddress.Parse));
        message.Subject = $"[{(notification.IsTest ? "Test" : notification.Alert.IsCritical ? "Critical" : "Warning")}] {notification.Title.ReplaceLineEndings(" ")}";
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Body = new TextPart("plain") { Text = $"{notification.Alert.Message}\n{notification.Alert.Advice}\n\nAlert: {notification.Alert.Key}\nSent by AIAIAI Dashboard.\n" };
        return message;
    }

    private SecureSocketOptions Options() => config.Security switch
    {
        "tls" => SecureSocketOptions.SslOnConnect,
        "none" => SecureSocketOptions.None,
        // Not "when available": somebody on the way could say that it is not.
        _ => SecureSocketOptions.StartTls,
    };

    private static bool IsThisMachine(string host) => host is "localhost" or "127.0.0.1" or "::1";

    private static string Shorten(string text)
    {
        string line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= 200 ? line : line[..200] + "…";
    }
}
