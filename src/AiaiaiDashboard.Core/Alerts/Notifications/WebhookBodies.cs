using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AiaiaiDashboard.Core.Alerts.Notifications;

/// <summary>The requests that receivers of webhooks expect. Text of projects is data in all of them: nothing mentions, formats or links by it.</summary>
internal static class WebhookBodies
{
    /// <summary>The content of a request.</summary>
    /// <param name="format">One of <see cref="Settings.WebhookConfig.Formats"/>.</param>
    /// <param name="notification">What to say.</param>
    public static HttpContent Of(string format, Notification notification) => format switch
    {
        "slack" => Json(json => Slack(json, notification)),
        "discord" => Json(json => Discord(json, notification)),
        "teams" => Json(json => Teams(json, notification)),
        "ntfy" => Ntfy(notification),
        _ => Json(json => Generic(json, notification)),
    };

    private static void Generic(Utf8JsonWriter json, Notification n)
    {
        ActiveAlert alert = n.Alert;
        json.WriteString("source", "aiaiai-dashboard");
        json.WriteBoolean("test", n.IsTest);
        json.WriteString("key", alert.Key);
        json.WriteString("type", alert.Type);
        json.WriteString("level", alert.Level);
        json.WriteString("title", alert.Title);
        json.WriteString("message", alert.Message);
        json.WriteString("advice", alert.Advice);
        json.WriteString("project", alert.Project);
        Number(json, "spend", alert.Spend);
        Number(json, "budget", alert.Budget);
        Number(json, "percent", alert.Percent);
        json.WriteString("since", n.IsTest ? null : IsoDay.Text(alert.Since));
    }

    private static void Slack(Utf8JsonWriter json, Notification n)
    {
        // Slack's three control characters; with them escaped nothing is a link or a mention.
        json.WriteString("text", $"{Sign(n)} {Escape(n.Title)}\n{Escape(n.Text)}");
        json.WriteBoolean("unfurl_links", false);
        json.WriteBoolean("mrkdwn", false);

        static string Escape(string text) =>
            text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
    }

    private static void Discord(Utf8JsonWriter json, Notification n)
    {
        json.WriteString("username", "AIAIAI Dashboard");
        json.WriteStartObject("allowed_mentions");
        json.WriteStartArray("parse");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("embeds");
        json.WriteStartObject();
        json.WriteString("title", Cut($"{Sign(n)} {n.Title}", 256));
        json.WriteString("description", Cut(n.Text, 4096));
        json.WriteNumber("color", n.Alert.IsCritical ? 0xE5484D : 0xD99A2B);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    // A message with an adaptive card, as the workflows of Teams take it.
    private static void Teams(Utf8JsonWriter json, Notification n)
    {
        json.WriteString("type", "message");
        json.WriteStartArray("attachments");
        json.WriteStartObject();
        json.WriteString("contentType", "application/vnd.microsoft.card.adaptive");
        json.WriteStartObject("content");
        json.WriteString("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        json.WriteString("type", "AdaptiveCard");
        json.WriteString("version", "1.4");
        json.WriteStartArray("body");
        Block(json, $"{Sign(n)} {n.Title}", bold: true, n.Alert.IsCritical ? "attention" : "warning");
        Block(json, n.Text, bold: false, "default");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();

        // A rich text run shows its text as it is, where a text block reads it as Markdown.
        static void Block(Utf8JsonWriter json, string text, bool bold, string colour)
        {
            json.WriteStartObject();
            json.WriteString("type", "RichTextBlock");
            json.WriteStartArray("inlines");
            json.WriteStartObject();
            json.WriteString("type", "TextRun");
            json.WriteString("text", text);
            json.WriteString("weight", bold ? "bolder" : "default");
            json.WriteString("color", colour);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    private static StringContent Ntfy(Notification n)
    {
        var content = new StringContent(n.Text, Encoding.UTF8, "text/plain");
        // Headers are ASCII: RFC 2047 is how ntfy takes other letters.
        content.Headers.Add("Title", $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(Cut(n.Title, 200)))}?=");
        content.Headers.Add("Priority", n.Alert.IsCritical ? "5" : "4");
        content.Headers.Add("Tags", n.Alert.IsCritical ? "rotating_light" : "warning");
        return content;
    }

    private static ByteArrayContent Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        var content = new ByteArrayContent(buffer.ToArray());
        content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        return content;
    }

    private static string Sign(Notification n) => n.IsTest ? "[Test]" : n.Alert.IsCritical ? "[Critical]" : "[Warning]";

    private static string Cut(string text, int max) => text.Length <= max ? text : text[..(max - 1)] + "…";

    private static void Number(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
