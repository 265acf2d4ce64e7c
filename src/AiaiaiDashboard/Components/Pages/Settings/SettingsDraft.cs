using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Hosting;
using FluentValidation;
using static AiaiaiDashboard.Components.Pages.Settings.TypedText;

namespace AiaiaiDashboard.Components.Pages.Settings;

/// <summary>
/// What stands in the fields of the settings page. Numbers are text here, so that whatever somebody types stays as typed and gets a message of its
/// own; the rules are those of the files.
/// </summary>
public sealed class SettingsDraft
{
    private readonly SettingsFiles opened;

    /// <summary>The fields filled with what was opened.</summary>
    public SettingsDraft(SettingsFiles opened)
    {
        this.opened = opened;
        AlertsConfig alerts = opened.Alerts;
        Currency = alerts.Currency;
        UsdRate = Text(alerts.UsdRate);
        Budget = Text(alerts.GlobalBudget);
        Thresholds = [.. alerts.GlobalThresholds.Select(t => new ThresholdDraft(t) { Percent = Text(t.Percent), Label = t.Label ?? "", Level = t.Level ?? "" })];
        Limits = [.. alerts.PerProjectLimits.Select(l => new LimitDraft { Project = l.Key, Amount = Text(l.Value) })];
        AlertRules rules = alerts.EffectiveRules;
        (ForecastRule, SpikeRule, SourceRule, SpikeFactor) = (rules.Forecast, rules.Spike, rules.Sources, Text(rules.SpikeFactor));
        ChannelsConfig channels = alerts.EffectiveChannels;
        (DesktopOn, DesktopLevel, BrowserOn, BrowserLevel) = (channels.Desktop.Enabled, channels.Desktop.MinLevel, channels.Browser.Enabled, channels.Browser.MinLevel);
        Webhooks = [.. channels.Webhooks.Select(w => new WebhookDraft(w) { Name = w.Name, Format = w.Format, UrlVariable = w.UrlVariable, TokenVariable = w.TokenVariable ?? "", On = w.Enabled, Level = w.MinLevel })];
        Mail = channels.Mail is { } mail ? new MailDraft(mail) : null;
        SyncConfig sync = opened.Sync;
        Cron = sync.Cron;
        Interval = sync.IntervalMinutes is { } minutes ? Text(minutes) : "";
        (TimeZone, OnStart, MissedRuns, Retention, Watch) = (sync.TimeZone ?? "", sync.OnStart, sync.MissedRuns, Text(sync.RetentionMonths), sync.Watch);
        SourcesConfig sources = opened.Sources;
        (ClaudeOn, ClaudePaths) = (sources.ClaudeCode.Enabled, string.Join('\n', sources.ClaudeCode.Paths));
        (DiscoverFromUsage, Roots) = (sources.Projects.DiscoverFromUsage, string.Join('\n', sources.Projects.Roots));
        AdminOn = sources.AnthropicAdmin.Enabled;
    }

    /// <summary>Currency code.</summary>
    public string Currency { get; set; }

    /// <summary>Units per USD.</summary>
    public string UsdRate { get; set; }

    /// <summary>Monthly budget; empty for none.</summary>
    public string Budget { get; set; }

    /// <summary>Thresholds.</summary>
    public List<ThresholdDraft> Thresholds { get; }

    /// <summary>Limits.</summary>
    public List<LimitDraft> Limits { get; }

    /// <summary>Whether the forecast alerts.</summary>
    public bool ForecastRule { get; set; }

    /// <summary>Whether unusual days alert.</summary>
    public bool SpikeRule { get; set; }

    /// <summary>Multiple of the usual day.</summary>
    public string SpikeFactor { get; set; }

    /// <summary>Whether failing sources alert.</summary>
    public bool SourceRule { get; set; }

    /// <summary>Desktop notifications.</summary>
    public bool DesktopOn { get; set; }

    /// <summary>From which level.</summary>
    public string DesktopLevel { get; set; }

    /// <summary>Browser notifications.</summary>
    public bool BrowserOn { get; set; }

    /// <summary>From which level.</summary>
    public string BrowserLevel { get; set; }

    /// <summary>Webhooks.</summary>
    public List<WebhookDraft> Webhooks { get; }

    /// <summary>Mail; null where none is set up.</summary>
    public MailDraft? Mail { get; set; }

    /// <summary>Cron expression.</summary>
    public string Cron { get; set; }

    /// <summary>Minutes; empty for the cron expression.</summary>
    public string Interval { get; set; }

    /// <summary>IANA zone; empty for the system's.</summary>
    public string TimeZone { get; set; }

    /// <summary>Whether a sync runs at start.</summary>
    public bool OnStart { get; set; }

    /// <summary>runOnce or skip.</summary>
    public string MissedRuns { get; set; }

    /// <summary>Months.</summary>
    public string Retention { get; set; }

    /// <summary>Whether changes are followed.</summary>
    public bool Watch { get; set; }

    /// <summary>Whether transcripts are read.</summary>
    public bool ClaudeOn { get; set; }

    /// <summary>Folders, one a line.</summary>
    public string ClaudePaths { get; set; }

    /// <summary>Whether working directories become projects.</summary>
    public bool DiscoverFromUsage { get; set; }

    /// <summary>Folders, one a line.</summary>
    public string Roots { get; set; }

    /// <summary>Whether the Admin API is asked.</summary>
    public bool AdminOn { get; set; }

    /// <summary>What is wrong, by field: file and JSON path.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; private set; } = new Dictionary<string, string>();

    /// <summary>The content of the files by these fields. Fields that are no number have an error and keep the opened value.</summary>
    public SettingsFiles ToFiles()
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        SettingsFiles files = opened with { Alerts = Alerts(errors), Sync = Sync(errors), Sources = Sources() };
        Validate(ConfigDocuments.Alerts.Validator!, files.Alerts, "alerts", errors);
        Validate(ConfigDocuments.Sync.Validator!, files.Sync, "sync", errors);
        Validate(ConfigDocuments.Sources.Validator!, files.Sources, "sources", errors);
        Errors = errors;
        return files;
    }

    private static void Validate<T>(IValidator<T> validator, T value, string file, Dictionary<string, string> errors)
    {
        foreach (FluentValidation.Results.ValidationFailure failure in validator.Validate(value).Errors)
        {
            errors.TryAdd($"{file}{JsonPath.FromPropertyName(failure.PropertyName)[1..]}", failure.ErrorMessage);
        }
    }

    private AlertsConfig Alerts(Dictionary<string, string> errors)
    {
        var limits = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach ((int i, LimitDraft limit) in Limits.Index())
        {
            decimal amount = Number($"limit[{i}].amount", limit.Amount, errors, 0);
            if (limit.Project.Length == 0)
            {
                errors.TryAdd($"limit[{i}].project", "Choose a project.");
            }
            else if (!limits.TryAdd(limit.Project, amount))
            {
                errors.TryAdd($"limit[{i}].project", "This project has a limit already.");
            }
            else if (amount is < 0 or > AlertsConfigValidator.MaxAmount)
            {
                errors.TryAdd($"limit[{i}].amount", $"{limit.Amount} is not allowed: a limit is 0 to 1,000,000,000.");
            }
        }

        ChannelsConfig channels = opened.Alerts.EffectiveChannels;
        var rules = opened.Alerts.EffectiveRules with
        {
            Forecast = ForecastRule,
            Spike = SpikeRule,
            Sources = SourceRule,
            SpikeFactor = Number("alerts.rules.spikeFactor", SpikeFactor, errors, opened.Alerts.EffectiveRules.SpikeFactor),
        };
        var changed = channels with
        {
            Desktop = channels.Desktop with { Enabled = DesktopOn, MinLevel = DesktopLevel },
            Browser = channels.Browser with { Enabled = BrowserOn, MinLevel = BrowserLevel },
            Webhooks = [.. Webhooks.Select(w => w.ToConfig())],
            Mail = Mail?.ToConfig(Whole("alerts.channels.mail.port", Mail.Port, errors, 587)),
        };
        return opened.Alerts with
        {
            Currency = Currency.Trim().ToUpperInvariant(),
            UsdRate = UsdRate.Trim().Length == 0 ? null : Number("alerts.usdRate", UsdRate, errors, opened.Alerts.UsdRate ?? 1),
            GlobalBudget = Budget.Trim().Length == 0 ? null : Number("alerts.globalBudget", Budget, errors, opened.Alerts.GlobalBudget ?? 0),
            GlobalThresholds = [.. Thresholds.Select((t, i) => t.Was with
            {
                Percent = Number($"alerts.globalThresholds[{i}].percent", t.Percent, errors, t.Was.Percent),
                Label = t.Label.Trim().Length == 0 ? null : t.Label.Trim(),
                Level = t.Level.Length == 0 ? null : t.Level,
            })],
            // Same limits in another order are no change.
            PerProjectLimits = limits.Count == opened.Alerts.PerProjectLimits.Count && limits.All(l => opened.Alerts.PerProjectLimits.TryGetValue(l.Key, out decimal was) && was == l.Value)
                ? opened.Alerts.PerProjectLimits
                : limits,
            // What is by default stays out of the file.
            Rules = opened.Alerts.Rules is null && rules == opened.Alerts.EffectiveRules ? null : rules,
            Channels = opened.Alerts.Channels is null && IsDefault(changed) ? null : changed,
        };
    }

    private static bool IsDefault(ChannelsConfig channels) =>
        channels is { Webhooks.Count: 0, Mail: null, Desktop: { Enabled: true, MinLevel: "warning" }, Browser: { Enabled: true, MinLevel: "warning" } };

    private SyncConfig Sync(Dictionary<string, string> errors) => opened.Sync with
    {
        Cron = Cron.Trim(),
        IntervalMinutes = Interval.Trim().Length == 0 ? null : Whole("sync.intervalMinutes", Interval, errors, 15),
        TimeZone = TimeZone.Trim().Length == 0 ? null : TimeZone.Trim(),
        OnStart = OnStart,
        MissedRuns = MissedRuns,
        RetentionMonths = Whole("sync.retentionMonths", Retention, errors, opened.Sync.RetentionMonths),
        Watch = Watch,
    };

    private SourcesConfig Sources() => opened.Sources with
    {
        ClaudeCode = opened.Sources.ClaudeCode with { Enabled = ClaudeOn, Paths = Lines(ClaudePaths) },
        Projects = opened.Sources.Projects with { DiscoverFromUsage = DiscoverFromUsage, Roots = Lines(Roots) },
        AnthropicAdmin = opened.Sources.AnthropicAdmin with { Enabled = AdminOn },
    };
}
