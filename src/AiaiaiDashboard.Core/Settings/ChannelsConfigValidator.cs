using System.Net.Mail;
using System.Text.RegularExpressions;
using FluentValidation;
using FluentValidation.Results;

namespace AiaiaiDashboard.Core.Settings;

/// <summary>Rules of the part <c>channels</c>.</summary>
public sealed partial class ChannelsConfigValidator : AbstractValidator<ChannelsConfig>
{
    /// <summary>Most webhooks.</summary>
    public const int MaxWebhooks = 20;

    /// <summary>Most recipients of mail.</summary>
    public const int MaxRecipients = 50;

    /// <summary>Longest name of a webhook, in characters.</summary>
    public const int MaxNameLength = 60;

    /// <summary>Creates the rules.</summary>
    public ChannelsConfigValidator()
    {
        RuleFor(c => c.Desktop).SetValidator(new SwitchValidator<ChannelSwitch>());
        RuleFor(c => c.Browser).SetValidator(new SwitchValidator<ChannelSwitch>());
        RuleFor(c => c.Webhooks)
            .Must(list => list.Count <= MaxWebhooks)
            .WithMessage(c => $"{SettingsText.Of(c.Webhooks.Count)} webhooks are not allowed: at most {MaxWebhooks}.");
        RuleFor(c => c.Webhooks).Custom(RefuseDuplicates);
        RuleForEach(c => c.Webhooks).NotNull().WithMessage("null is not allowed here: expected an object in { }.").SetValidator(new WebhookValidator());
        RuleFor(c => c.Mail!).SetValidator(new MailValidator()).When(c => c.Mail is not null);
    }

    /// <summary>Whether a text can name an environment variable; null names none, and may. What cannot may be the secret itself, put there by mistake: it is neither repeated in a message nor kept.</summary>
    public static bool IsVariable(string? name) => name is null || VariableName().IsMatch(name);

    private const string NoVariable = "is not allowed: name the environment variable that holds the value (letters, digits and _), never the value itself.";

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,127}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex VariableName();

    private static void RefuseDuplicates(IReadOnlyList<WebhookConfig> webhooks, ValidationContext<ChannelsConfig> context)
    {
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < webhooks.Count; i++)
        {
            if (webhooks[i] is { } webhook && !seen.Add(webhook.Name))
            {
                context.AddFailure(new ValidationFailure($"{context.PropertyPath}[{i}].Name", $"{SettingsText.Of(webhook.Name)} is not allowed: another webhook has the same name."));
            }
        }
    }

    private class SwitchValidator<T> : AbstractValidator<T>
        where T : ChannelSwitch
    {
        public SwitchValidator() => RuleFor(c => c.MinLevel)
            .Must(level => level is "warning" or "critical")
            .WithMessage(c => $"{SettingsText.Of(c.MinLevel)} is not allowed: use \"warning\" or \"critical\".");
    }

    private sealed class WebhookValidator : SwitchValidator<WebhookConfig>
    {
        public WebhookValidator()
        {
            RuleFor(w => w.Name)
                .Must(name => !string.IsNullOrWhiteSpace(name) && name.Length <= MaxNameLength && !name.Any(char.IsControl))
                .WithMessage(w => $"{SettingsText.Of(w.Name)} is not allowed: a name has 1 to {MaxNameLength} characters.");
            RuleFor(w => w.Format)
                .Must(format => WebhookConfig.Formats.Contains(format))
                .WithMessage(w => $"{SettingsText.Of(w.Format)} is not allowed: use {string.Join(", ", WebhookConfig.Formats)}.");
            RuleFor(w => w.UrlVariable).Must(name => name is not null && IsVariable(name))
                .WithMessage(w => string.IsNullOrEmpty(w.UrlVariable) ? $"{SettingsText.Of(w.UrlVariable)} {NoVariable}" : NoVariable);
            RuleFor(w => w.TokenVariable).Must(IsVariable).WithMessage(NoVariable);
        }
    }

    private sealed class MailValidator : SwitchValidator<MailConfig>
    {
        public MailValidator()
        {
            RuleFor(m => m.Host)
                .Must(host => Uri.CheckHostName(host) != UriHostNameType.Unknown)
                .WithMessage(m => $"{SettingsText.Of(m.Host)} is not allowed: name the mail server, such as \"smtp.example.org\".");
            RuleFor(m => m.Port)
                .InclusiveBetween(1, 65535)
                .WithMessage(m => $"{SettingsText.Of(m.Port)} is not allowed: a port is 1 to 65535.");
            RuleFor(m => m.Security)
                .Must(security => MailConfig.Securities.Contains(security))
                .WithMessage(m => $"{SettingsText.Of(m.Security)} is not allowed: use {string.Join(", ", MailConfig.Securities)}.");
            RuleFor(m => m.From).Must(IsAddress).WithMessage(m => $"{SettingsText.Of(m.From)} is not allowed: use an address such as \"alerts@example.org\".");
            RuleFor(m => m.To)
                .Must(to => to.Count is > 0 and <= MaxRecipients)
                .WithMessage(m => $"{SettingsText.Of(m.To.Count)} recipients are not allowed: 1 to {MaxRecipients}.");
            RuleForEach(m => m.To).Must(IsAddress).WithMessage((_, to) => $"{SettingsText.Of(to)} is not allowed: use an address such as \"you@example.org\".");
            RuleFor(m => m.UserVariable).Must(IsVariable).WithMessage(NoVariable);
            RuleFor(m => m.PasswordVariable).Must(IsVariable).WithMessage(NoVariable);
        }

        private static bool IsAddress(string? text) =>
            text is { Length: > 0 and <= 254 } && !text.Any(char.IsControl) && MailAddress.TryCreate(text, out MailAddress? address) && address.Address == text;
    }
}
