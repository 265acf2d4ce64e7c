using System.Text.Json;

namespace AiaiaiDashboard.Components.Pages.Settings;

/// <summary>
/// The fields of the settings that somebody changed and did not save, as the browser's tab keeps them (js/drafts.js): the server may be gone before they
/// save. Only what differs is kept, so that bringing it back changes nothing else that the files hold meanwhile. No secret is among it: the files name
/// the environment variables that hold those.
/// </summary>
public sealed class KeptDraft
{
    /// <summary>Longest text that is kept, in characters: a message of the browser is 32 KB at most.</summary>
    public const int MaxLength = 12_000;

    private static readonly Field[] Fields =
    [
        Text("budget", d => d.Budget, (d, v) => d.Budget = v),
        Text("currency", d => d.Currency, (d, v) => d.Currency = v),
        Text("usdRate", d => d.UsdRate, (d, v) => d.UsdRate = v),
        new("thresholds", d => Rows(d.Thresholds, t => [t.Percent, t.Label, t.Level, TypedText.Text(t.Was.Percent)]), (d, rows) =>
        {
            ThresholdDraft[] before = [.. d.Thresholds];
            d.Thresholds.Clear();
            d.Thresholds.AddRange(rows.Select(r => new ThresholdDraft(before.FirstOrDefault(t => TypedText.Text(t.Was.Percent) == At(r, 3))?.Was) { Percent = At(r, 0), Label = At(r, 1), Level = At(r, 2) }));
        }),
        Flag("forecastRule", d => d.ForecastRule, (d, v) => d.ForecastRule = v),
        Flag("spikeRule", d => d.SpikeRule, (d, v) => d.SpikeRule = v),
        Text("spikeFactor", d => d.SpikeFactor, (d, v) => d.SpikeFactor = v),
        Flag("sourceRule", d => d.SourceRule, (d, v) => d.SourceRule = v),
        new("limits", d => Rows(d.Limits, l => [l.Project, l.Amount, l.IsNew ? "new" : ""]), (d, rows) =>
        {
            d.Limits.Clear();
            d.Limits.AddRange(rows.Select(r => new LimitDraft { Project = At(r, 0), Amount = At(r, 1), IsNew = At(r, 2) == "new" }));
        }),
        Text("cron", d => d.Cron, (d, v) => d.Cron = v),
        Text("interval", d => d.Interval, (d, v) => d.Interval = v),
        Text("timeZone", d => d.TimeZone, (d, v) => d.TimeZone = v),
        Flag("onStart", d => d.OnStart, (d, v) => d.OnStart = v),
        Text("missedRuns", d => d.MissedRuns, (d, v) => d.MissedRuns = v),
        Flag("watch", d => d.Watch, (d, v) => d.Watch = v),
        Text("retention", d => d.Retention, (d, v) => d.Retention = v),
        Flag("claudeOn", d => d.ClaudeOn, (d, v) => d.ClaudeOn = v),
        Text("claudePaths", d => d.ClaudePaths, (d, v) => d.ClaudePaths = v),
        Flag("discoverFromUsage", d => d.DiscoverFromUsage, (d, v) => d.DiscoverFromUsage = v),
        Text("roots", d => d.Roots, (d, v) => d.Roots = v),
        Flag("adminOn", d => d.AdminOn, (d, v) => d.AdminOn = v),
        Flag("browserOn", d => d.BrowserOn, (d, v) => d.BrowserOn = v),
        Text("browserLevel", d => d.BrowserLevel, (d, v) => d.BrowserLevel = v),
        Flag("desktopOn", d => d.DesktopOn, (d, v) => d.DesktopOn = v),
        Text("desktopLevel", d => d.DesktopLevel, (d, v) => d.DesktopLevel = v),
        new("webhooks", d => Rows(d.Webhooks, w => [w.Name, w.Format, w.UrlVariable, w.TokenVariable, Word(w.On), w.Level, w.Was?.Name ?? ""]), (d, rows) =>
        {
            WebhookDraft[] before = [.. d.Webhooks];
            d.Webhooks.Clear();
            d.Webhooks.AddRange(rows.Select(r => new WebhookDraft(before.FirstOrDefault(w => w.Was is { } was && was.Name == At(r, 6))?.Was)
            {
                Name = At(r, 0), Format = At(r, 1), UrlVariable = At(r, 2), TokenVariable = At(r, 3), On = At(r, 4) == On, Level = At(r, 5),
            }));
        }),
        new("mail", d => Rows(new[] { d.Mail }.OfType<MailDraft>(), m => [m.Host, m.Port, m.Security, m.From, m.To, m.UserVariable, m.PasswordVariable, Word(m.On), m.Level]), (d, rows) =>
            d.Mail = rows is [var r, ..]
                ? new MailDraft(d.Mail?.Was)
                {
                    Host = At(r, 0), Port = At(r, 1), Security = At(r, 2), From = At(r, 3), To = At(r, 4), UserVariable = At(r, 5), PasswordVariable = At(r, 6), On = At(r, 7) == On, Level = At(r, 8),
                }
                : null),
    ];

    private const string On = "on";
    private readonly Dictionary<string, string[][]> fields;

    private KeptDraft(Dictionary<string, string[][]> fields) => this.fields = fields;

    /// <summary>The text to keep; null where no field differs, or they are too long to be kept.</summary>
    /// <param name="before">What was opened.</param>
    /// <param name="now">What stands in the fields.</param>
    /// <param name="directory">The data directory whose settings they are.</param>
    public static string? Write(SettingsDraft before, SettingsDraft now, string directory)
    {
        Dictionary<string, string[][]> changed = Fields.Where(f => !Same(f.Get(before), f.Get(now))).ToDictionary(f => f.Name, f => f.Get(now));
        string text = JsonSerializer.Serialize(new Kept(directory, changed));
        return changed.Count > 0 && text.Length <= MaxLength ? text : null;
    }

    /// <summary>What a tab kept; null where it is nothing, of another directory, or not readable.</summary>
    public static KeptDraft? Read(string? text, string directory)
    {
        if (text is null || text.Length > MaxLength)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Kept>(text) is { Fields.Count: > 0 } kept && kept.Directory == directory && kept.Fields.Values.All(rows => rows?.All(r => r?.All(v => v is not null) == true) == true)
                ? new KeptDraft(kept.Fields)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Puts what was kept into the fields.</summary>
    public void ApplyTo(SettingsDraft draft)
    {
        foreach (Field field in Fields)
        {
            if (fields.TryGetValue(field.Name, out string[][]? rows))
            {
                field.Set(draft, rows);
            }
        }
    }

    private static Field Text(string name, Func<SettingsDraft, string> get, Action<SettingsDraft, string> set) =>
        new(name, d => [[get(d)]], (d, rows) => set(d, rows is [[var value, ..], ..] ? value : ""));

    private static Field Flag(string name, Func<SettingsDraft, bool> get, Action<SettingsDraft, bool> set) =>
        new(name, d => [[Word(get(d))]], (d, rows) => set(d, rows is [[On, ..], ..]));

    private static string[][] Rows<T>(IEnumerable<T> rows, Func<T, string[]> of) => [.. rows.Select(of)];

    private static bool Same(string[][] one, string[][] other) => one.Length == other.Length && one.Zip(other).All(pair => pair.First.SequenceEqual(pair.Second));

    private static string At(string[] row, int index) => row.ElementAtOrDefault(index) ?? "";

    private static string Word(bool on) => on ? On : "";

    private sealed record Field(string Name, Func<SettingsDraft, string[][]> Get, Action<SettingsDraft, string[][]> Set);

    private sealed record Kept(string? Directory, Dictionary<string, string[][]>? Fields);
}
