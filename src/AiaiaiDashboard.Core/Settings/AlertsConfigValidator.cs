using AiaiaiDashboard.Core.Storage;
using FluentValidation;
using FluentValidation.Results;

namespace AiaiaiDashboard.Core.Settings;

/// <summary>Rules of config/alerts.json. Failures carry the property as FluentValidation names it; <see cref="JsonPath.FromPropertyName"/> makes it a JSON path.</summary>
public sealed class AlertsConfigValidator : AbstractValidator<AlertsConfig>
{
    /// <summary>Largest budget or limit, in the configured currency.</summary>
    public const decimal MaxAmount = 1_000_000_000;

    /// <summary>Largest threshold, in percent of the budget.</summary>
    public const decimal MaxPercent = 1000;

    /// <summary>Most thresholds a file may have.</summary>
    public const int MaxThresholds = 50;

    /// <summary>Longest label of a threshold, in characters.</summary>
    public const int MaxLabelLength = 100;

    /// <summary>Creates the rules.</summary>
    public AlertsConfigValidator()
    {
        RuleFor(c => c.Currency)
            .Must(CurrencyCodes.Contains)
            .WithMessage(c => $"{SettingsText.Of(c.Currency)} is not allowed: use an ISO 4217 code in capitals, such as \"USD\" or \"EUR\".");
        RuleFor(c => c.UsdRate)
            .NotNull()
            .When(c => c.Currency != "USD" && CurrencyCodes.Contains(c.Currency))
            .WithMessage(c => $"is missing: with the currency {c.Currency}, state how many {c.Currency} one US dollar is worth, above 0.");
        RuleFor(c => c.UsdRate)
            .Must(rate => rate is null or (> 0 and <= MaxAmount))
            .WithMessage(c => $"{SettingsText.Of(c.UsdRate!.Value)} is not allowed: a rate is above 0 and at most 1,000,000,000.");
        RuleFor(c => c.GlobalBudget)
            .Must(budget => budget is null or (>= 0 and <= MaxAmount))
            .WithMessage(c => $"{SettingsText.Of(c.GlobalBudget!.Value)} is not allowed: a budget is 0 to 1,000,000,000, or null for none.");
        RuleFor(c => c.GlobalThresholds)
            .Must(list => list.Count <= MaxThresholds)
            .WithMessage(c => $"{SettingsText.Of(c.GlobalThresholds.Count)} thresholds are not allowed: at most {MaxThresholds}.");
        RuleFor(c => c.GlobalThresholds).Custom(RefuseDuplicates);
        RuleForEach(c => c.GlobalThresholds).NotNull().WithMessage("null is not allowed here: expected an object in { }.").SetValidator(new ThresholdValidator());
        RuleFor(c => c.PerProjectLimits).Custom(CheckLimits);
        RuleFor(c => c.Rules!.SpikeFactor)
            .InclusiveBetween(1.5m, 100)
            .When(c => c.Rules is not null)
            .WithMessage(c => $"{SettingsText.Of(c.Rules!.SpikeFactor)} is not allowed: 1.5 to 100 times the usual day.");
        RuleFor(c => c.Channels!).SetValidator(new ChannelsConfigValidator()).When(c => c.Channels is not null);
    }

    private static void RefuseDuplicates(IReadOnlyList<AlertThreshold> thresholds, ValidationContext<AlertsConfig> context)
    {
        HashSet<decimal> seen = [];
        for (int i = 0; i < thresholds.Count; i++)
        {
            // What is no percent at all, or is missing, is told by its own rule.
            if (thresholds[i] is { Percent: > 0 and <= MaxPercent } threshold && !seen.Add(threshold.Percent))
            {
                context.AddFailure(new ValidationFailure(
                    $"GlobalThresholds[{i}].Percent",
                    $"{SettingsText.Of(threshold.Percent)} is not allowed: another threshold has the same percent."));
            }
        }
    }

    private static void CheckLimits(IReadOnlyDictionary<string, decimal> limits, ValidationContext<AlertsConfig> context)
    {
        foreach ((string project, decimal limit) in limits)
        {
            string path = JsonPath.Member("$.perProjectLimits", project);
            if (string.IsNullOrWhiteSpace(project))
            {
                context.AddFailure(new ValidationFailure(path, $"{SettingsText.Of(project)} is not allowed: a limit belongs to a project id."));
            }

            if (limit is < 0 or > MaxAmount)
            {
                context.AddFailure(new ValidationFailure(path, $"{SettingsText.Of(limit)} is not allowed: a limit is 0 to 1,000,000,000."));
            }
        }
    }

    private sealed class ThresholdValidator : AbstractValidator<AlertThreshold>
    {
        public ThresholdValidator()
        {
            RuleFor(t => t.Percent)
                .Must(percent => percent is > 0 and <= MaxPercent)
                .WithMessage(t => $"{(t.HasPercent ? $"{SettingsText.Of(t.Percent)} is not allowed" : "is missing")}: a percent is above 0 and at most 1,000.");
            RuleFor(t => t.Level)
                .Must(level => level is null or "warning" or "critical")
                .WithMessage(t => $"{SettingsText.Of(t.Level)} is not allowed: use \"warning\" or \"critical\", or leave it out.");
            RuleFor(t => t.Label)
                .Must(label => label is null || label.Length <= MaxLabelLength)
                .WithMessage(t => $"{SettingsText.Of(t.Label)} is not allowed: a label has at most {MaxLabelLength} characters.");
        }
    }
}
