using System.Diagnostics;
using System.Text;
using System.Text.Json;
using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Alerts.Notifications;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Tests.Shared;

namespace AiaiaiDashboard.Core.Tests.Alerts.Notifications;

/// <summary>An alert whose every text is hostile, in the words of every channel: it stays text.</summary>
public sealed class HostileMessageTests
{
    public static IEnumerable<object[]> Texts => HostileTexts.Cases;

    public static IEnumerable<object[]> Webhooks => HostileTexts.All.SelectMany(text => WebhookConfig.Formats.Select(format => new object[] { format, text }));

    private static Notification Alert(string text) => new(new ActiveAlert
    {
        Key = "project-x-90",
        Type = AlertType.Project,
        Level = AlertLevel.Critical,
        Title = text,
        Message = text,
        Advice = text,
        Project = text,
        Since = new DateOnly(2026, 11, 25),
    });

    [Theory]
    [MemberData(nameof(Webhooks))]
    public async Task WebhookBodies_HostileText_IsTheValueOfItsFieldsAndNothingElse(string format, string text)
    {
        using HttpContent harmless = WebhookBodies.Of(format, Alert("harmless"));
        using HttpContent hostile = WebhookBodies.Of(format, Alert(text));

        // The same headers, each on one line of ASCII: none is added by what a name holds.
        Assert.Equal(harmless.Headers.Select(h => h.Key), hostile.Headers.Select(h => h.Key));
        Assert.All(hostile.Headers.SelectMany(h => h.Value), value => Assert.All(value, c => Assert.InRange(c, ' ', '~')));
        string body = await hostile.ReadAsStringAsync();
        if (format == "ntfy")
        {
            Assert.Equal($"{text} {text}", body);
            Assert.Equal("text/plain", hostile.Headers.ContentType!.MediaType);
            return;
        }

        using JsonDocument parsed = JsonDocument.Parse(body);
        using JsonDocument plain = JsonDocument.Parse(await harmless.ReadAsStringAsync());
        Assert.Equal(Shape(plain.RootElement), Shape(parsed.RootElement));
        string shown = format == "slack"
            ? text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
            : text;
        Assert.Contains(Strings(parsed.RootElement), s => s.Contains(shown, StringComparison.Ordinal));
        if (format == "slack")
        {
            Assert.All(Strings(parsed.RootElement), s => Assert.DoesNotContain('<', s));
            Assert.False(parsed.RootElement.GetProperty("mrkdwn").GetBoolean());
        }
        else if (format == "discord")
        {
            Assert.Empty(parsed.RootElement.GetProperty("allowed_mentions").GetProperty("parse").EnumerateArray());
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void DesktopChannel_HostileText_IsOneArgumentBehindTheOptions(string text)
    {
        foreach (DesktopPlatform platform in Enum.GetValues<DesktopPlatform>())
        {
            var channel = new DesktopChannel(_ => null, platform);

            ProcessStartInfo start = channel.Start(channel.Program, "TITLE " + text, "TEXT " + text, critical: true);

            string[] before = [.. start.ArgumentList.TakeWhile(a => !a.StartsWith("TITLE ", StringComparison.Ordinal))];
            Assert.False(start.UseShellExecute);
            Assert.Empty(start.Arguments);
            Assert.Equal(Options(platform), before.Length);
            if (platform == DesktopPlatform.Linux)
            {
                Assert.Equal("--", before[^1]);
                Assert.DoesNotContain('<', start.ArgumentList[^1]);
            }
            else if (platform == DesktopPlatform.Windows)
            {
                Assert.Equal(("TITLE " + text, "TEXT " + text), (start.Environment["AIAIAI_TITLE"], start.Environment["AIAIAI_TEXT"]));
            }
        }

        static int Options(DesktopPlatform platform) => platform switch { DesktopPlatform.Linux => 3, DesktopPlatform.MacOS => 6, _ => 5 };
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task MailChannel_HostileText_AddsNoHeaderAndNoRecipient(string text)
    {
        await using var server = new MailServer();
        var channel = new MailChannel(new MailConfig { Host = "127.0.0.1", Port = server.Port, Security = "none", From = "alerts@example.org", To = ["you@example.org"] }, _ => null);

        await channel.SendAsync(Alert(text), CancellationToken.None);

        string mail = await server.NextAsync();
        string[] names = [.. mail[..mail.IndexOf("\n\n", StringComparison.Ordinal)].Split('\n').Where(l => l.Length > 0 && l[0] is not (' ' or '\t')).Select(l => l.Split(':')[0]).Order(StringComparer.Ordinal)];
        Assert.Equal(["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-Id", "Subject", "To"], names.Where(n => n != "Content-Transfer-Encoding"));
        Assert.Contains("\nContent-Type: text/plain;", "\n" + mail, StringComparison.Ordinal);
    }

    // Names and kinds of everything, without the texts.
    private static string Shape(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().Select(p => $"{p.Name}:{Shape(p.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(Shape))}]",
        JsonValueKind.String => "text",
        _ => element.ValueKind.ToString(),
    };

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Strings(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.String => [element.GetString()!],
        _ => [],
    };
}
