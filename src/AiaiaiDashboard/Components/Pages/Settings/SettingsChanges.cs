namespace AiaiaiDashboard.Components.Pages.Settings;

/// <summary>What a person changed on the settings page, in the words of its fields.</summary>
public static class SettingsChanges
{
    private const int Named = 3;

    // In the order of the page. What a field holds is compared as text.
    private static readonly (string Name, Func<SettingsDraft, string> Of)[] Fields =
    [
        ("monthly budget", d => d.Budget),
        ("currency", d => d.Currency),
        ("rate", d => d.UsdRate),
        ("thresholds", d => Lines(d.Thresholds.Select(t => $"{t.Percent}\t{t.Label}\t{t.Level}"))),
        ("forecast alerts", d => Word(d.ForecastRule)),
        ("alerts of unusual days", d => $"{d.SpikeRule} {d.SpikeFactor}"),
        ("alerts of failing sources", d => Word(d.SourceRule)),
        ("project limits", d => Lines(d.Limits.Select(l => $"{l.Project}\t{l.Amount}"))),
        ("cron expression", d => d.Cron),
        ("minutes between syncs", d => d.Interval),
        ("time zone", d => d.TimeZone),
        ("sync at start", d => Word(d.OnStart)),
        ("missed runs", d => d.MissedRuns),
        ("following changes", d => Word(d.Watch)),
        ("history kept", d => d.Retention),
        ("Claude Code transcripts", d => $"{d.ClaudeOn}\n{d.ClaudePaths}"),
        ("project folders", d => $"{d.DiscoverFromUsage}\n{d.Roots}"),
        ("Anthropic Admin API", d => Word(d.AdminOn)),
        ("browser notifications", d => $"{d.BrowserOn} {d.BrowserLevel}"),
        ("desktop notifications", d => $"{d.DesktopOn} {d.DesktopLevel}"),
        ("webhooks", d => Lines(d.Webhooks.Select(w => $"{w.Name}\t{w.Format}\t{w.UrlVariable}\t{w.TokenVariable}\t{w.On}\t{w.Level}"))),
        ("mail", d => d.Mail is { } m ? $"{m.Host}\t{m.Port}\t{m.Security}\t{m.From}\t{m.To}\t{m.UserVariable}\t{m.PasswordVariable}\t{m.On}\t{m.Level}" : ""),
    ];

    /// <summary>The names of the fields that hold something else, in the order of the page.</summary>
    public static IReadOnlyList<string> Between(SettingsDraft before, SettingsDraft now) =>
        [.. Fields.Where(f => f.Of(before).Trim() != f.Of(now).Trim()).Select(f => f.Name)];

    /// <summary><c>monthly budget, time zone and 2 more</c>.</summary>
    /// <param name="names">One name at least.</param>
    public static string Sentence(IReadOnlyList<string> names)
    {
        // One more takes less room than "and 1 more".
        int shown = names.Count <= Named + 1 ? names.Count : Named;
        string last = shown < names.Count ? $"{names.Count - shown} more" : names[^1];
        string[] first = [.. names.Take(shown < names.Count ? shown : shown - 1)];
        return first.Length == 0 ? last : $"{string.Join(", ", first)} and {last}";
    }

    private static string Lines(IEnumerable<string> rows) => string.Join('\n', rows);

    private static string Word(bool on) => on ? "on" : "off";
}
