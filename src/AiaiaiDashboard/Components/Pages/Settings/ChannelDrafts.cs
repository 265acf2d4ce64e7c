using System.Globalization;
using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Components.Pages.Settings;

/// <summary>A webhook.</summary>
/// <param name="was">What was opened.</param>
public sealed class WebhookDraft(WebhookConfig? was = null)
{
    /// <summary>What was opened; null for a new one.</summary>
    public WebhookConfig? Was => was;

    /// <summary>Name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Shape of the request.</summary>
    public string Format { get; set; } = "generic";

    /// <summary>Environment variable of the address.</summary>
    public string UrlVariable { get; set; } = "";

    /// <summary>Environment variable of the token; empty for none.</summary>
    public string TokenVariable { get; set; } = "";

    /// <summary>Whether it is used.</summary>
    public bool On { get; set; } = true;

    /// <summary>From which level.</summary>
    public string Level { get; set; } = "warning";

    /// <summary>The content of the file.</summary>
    public WebhookConfig ToConfig() => (was ?? new WebhookConfig()) with
    {
        Name = Name.Trim(),
        Format = Format,
        UrlVariable = UrlVariable.Trim(),
        TokenVariable = TokenVariable.Trim().Length == 0 ? null : TokenVariable.Trim(),
        Enabled = On,
        MinLevel = Level,
    };
}

/// <summary>Mail.</summary>
public sealed class MailDraft
{
    private readonly MailConfig was;

    /// <summary>The fields filled with what was opened.</summary>
    public MailDraft(MailConfig? was = null)
    {
        this.was = was ?? new MailConfig();
        (Host, Port, Security, From) = (this.was.Host, this.was.Port.ToString(CultureInfo.InvariantCulture), this.was.Security, this.was.From);
        (To, UserVariable, PasswordVariable) = (string.Join(", ", this.was.To), this.was.UserVariable ?? "", this.was.PasswordVariable ?? "");
        (On, Level) = (this.was.Enabled, this.was.MinLevel);
    }

    /// <summary>What was opened.</summary>
    public MailConfig Was => was;

    /// <summary>Server.</summary>
    public string Host { get; set; }

    /// <summary>Port.</summary>
    public string Port { get; set; }

    /// <summary>startTls, tls or none.</summary>
    public string Security { get; set; }

    /// <summary>Sender.</summary>
    public string From { get; set; }

    /// <summary>Recipients, with commas between them.</summary>
    public string To { get; set; }

    /// <summary>Environment variable of the user name.</summary>
    public string UserVariable { get; set; }

    /// <summary>Environment variable of the password.</summary>
    public string PasswordVariable { get; set; }

    /// <summary>Whether it is used.</summary>
    public bool On { get; set; }

    /// <summary>From which level.</summary>
    public string Level { get; set; }

    /// <summary>The content of the file.</summary>
    public MailConfig ToConfig(int port) => was with
    {
        Host = Host.Trim(),
        Port = port,
        Security = Security,
        From = From.Trim(),
        To = To.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        UserVariable = UserVariable.Trim().Length == 0 ? null : UserVariable.Trim(),
        PasswordVariable = PasswordVariable.Trim().Length == 0 ? null : PasswordVariable.Trim(),
        Enabled = On,
        MinLevel = Level,
    };
}
