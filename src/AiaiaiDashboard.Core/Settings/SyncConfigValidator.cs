using FluentValidation;

namespace AiaiaiDashboard.Core.Settings;

/// <summary>Rules of config/sync.json.</summary>
public sealed class SyncConfigValidator : AbstractValidator<SyncConfig>
{
    /// <summary>Longest interval: one day.</summary>
    public const int MaxIntervalMinutes = 1440;

    /// <summary>Longest retention: a hundred years.</summary>
    public const int MaxRetentionMonths = 1200;

    /// <summary>Longest time limit of a step: two hours.</summary>
    public const int MaxStepTimeoutMinutes = 120;

    /// <summary>Creates the rules.</summary>
    public SyncConfigValidator()
    {
        RuleFor(c => c.Cron).Custom((cron, context) =>
        {
            if (CronMistake.Of(cron) is { } mistake)
            {
                context.AddFailure(mistake);
            }
        });
        RuleFor(c => c.IntervalMinutes)
            .Must(minutes => minutes is null or (>= 1 and <= MaxIntervalMinutes))
            .WithMessage(c => $"{SettingsText.Of(c.IntervalMinutes!.Value)} is not allowed: 1 to 1440 minutes.");
        RuleFor(c => c.TimeZone)
            .Must(IsKnownZone)
            .WithMessage(c => $"{SettingsText.Of(c.TimeZone)} is not allowed: use an IANA name such as \"Europe/Berlin\" or \"UTC\", or null for the system's zone.");
        RuleFor(c => c.MissedRuns)
            .Must(policy => policy is "runOnce" or "skip")
            .WithMessage(c => $"{SettingsText.Of(c.MissedRuns)} is not allowed: use \"runOnce\" or \"skip\".");
        RuleFor(c => c.RetentionMonths)
            .Must(months => months is >= 1 and <= MaxRetentionMonths)
            .WithMessage(c => $"{SettingsText.Of(c.RetentionMonths)} is not allowed: 1 to 1200 months.");
        RuleFor(c => c.StepTimeoutMinutes)
            .Must(minutes => minutes is >= 1 and <= MaxStepTimeoutMinutes)
            .WithMessage(c => $"{SettingsText.Of(c.StepTimeoutMinutes)} is not allowed: 1 to 120 minutes.");
    }

    private static bool IsKnownZone(string? zone) => zone is null || (zone.Trim() == zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _));
}
