using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Components.Pages.Settings;

/// <summary>
/// The fields of the settings that somebody changed and did not save, as the browser's tab keeps them (js/drafts.js): the server may be gone before they
/// save. Only what differs is kept, so that bringing it back changes nothing else that the files hold meanwhile; beside a list stands what it was when
/// it was opened, so that rows somebody else saved meanwhile stay. No secret is among it: the files name the environment variables that hold those, and
/// what cannot be such a name is left out.
/// </summary>
public sealed class KeptDraft
{
    /// <summary>Longest text that is kept, in bytes of UTF-8: a message of the browser is 32 KB at most, and each quotation mark takes two there.</summary>
    public const int MaxBytes = 12_000;

    // It is shown nowhere as it is: a letter takes its own bytes and not the six of its escape.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
        }, new("thresholds", 3, r => At(r, 3) == TypedText.Text(new AlertThreshold().Percent) ? "" : At(r, 3))),
        Flag("forecastRule", d => d.ForecastRule, (d, v) => d.ForecastRule = v),
        Flag("spikeRule", d => d.SpikeRule, (d, v) => d.SpikeRule = v),
        Text("spikeFactor", d => d.SpikeFactor, (d, v) => d.SpikeFactor = v),
        Flag("sourceRule", d => d.SourceRule, (d, v) => d.SourceRule = v),
        new("limits", d => Rows(d.Limits, l => [l.Project, l.Amount, l.IsNew ? "new" : ""]), (d, rows) =>
        {
            d.Limits.Clear();
            d.Limits.AddRange(rows.Select(r => new LimitDraft { Project = At(r, 0), Amount = At(r, 1), IsNew = At(r, 2) == "new" }));
        }, new("project limits", 2, r => At(r, 0))),
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
        new("webhooks", d => Rows(d.Webhooks, w => [w.Name, w.Format, Variable(w.UrlVariable, w.Was?.UrlVariable), Variable(w.TokenVariable, w.Was?.TokenVariable), Word(w.On), w.Level, w.Was?.Name ?? ""]), (d, rows) =>
        {
            WebhookDraft[] before = [.. d.Webhooks];
            d.Webhooks.Clear();
            d.Webhooks.AddRange(rows.Select(r => new WebhookDraft(before.FirstOrDefault(w => w.Was is { } was && was.Name == At(r, 6))?.Was)
            {
                Name = At(r, 0), Format = At(r, 1), UrlVariable = At(r, 2), TokenVariable = At(r, 3), On = At(r, 4) == On, Level = At(r, 5),
            }));
        }, new("webhooks", 6, r => At(r, 6))),
        new("mail", d => Rows(new[] { d.Mail }.OfType<MailDraft>(), m => [m.Host, m.Port, m.Security, m.From, m.To, Variable(m.UserVariable, m.Was.UserVariable), Variable(m.PasswordVariable, m.Was.PasswordVariable), Word(m.On), m.Level]), (d, rows) =>
            d.Mail = rows is [var r, ..]
                ? new MailDraft(d.Mail?.Was)
                {
                    Host = At(r, 0), Port = At(r, 1), Security = At(r, 2), From = At(r, 3), To = At(r, 4), UserVariable = At(r, 5), PasswordVariable = At(r, 6), On = At(r, 7) == On, Level = At(r, 8),
                }
                : null, new("mail", 9, _ => "mail")),
    ];

    private const string On = "on";
    private readonly Kept kept;

    private KeptDraft(Kept kept) => this.kept = kept;

    /// <summary>The text to keep; null where no field differs, or they are too long to be kept.</summary>
    /// <param name="before">What was opened.</param>
    /// <param name="now">What stands in the fields.</param>
    /// <param name="directory">The data directory whose settings they are.</param>
    public static string? Write(SettingsDraft before, SettingsDraft now, string directory)
    {
        Field[] changed = [.. Fields.Where(f => !Same(f.Get(before), f.Get(now)))];
        return changed.Length > 0
            ? Write(new Kept(directory, changed.ToDictionary(f => f.Name, f => f.Get(now)), changed.Where(f => f.List is not null).ToDictionary(f => f.Name, f => f.Get(before))))
            : null;
    }

    /// <summary>The same text again; null where it is too long to be kept.</summary>
    public string? Write() => Write(kept);

    /// <summary>What a tab kept; null where it is nothing, of another directory, or not readable.</summary>
    public static KeptDraft? Read(string? text, string directory)
    {
        if (text is null || Encoding.UTF8.GetByteCount(text) > MaxBytes)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Kept>(text) is { Fields.Count: > 0 } kept && kept.Directory == directory && AreWhole(kept.Fields) && AreWhole(kept.Opened)
                ? new KeptDraft(kept)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>This and, in the fields it has nothing of, what was kept before it; this alone where both are too long to be kept together.</summary>
    public KeptDraft Over(KeptDraft? older)
    {
        if (older is null)
        {
            return this;
        }

        KeptDraft both = new(new Kept(kept.Directory, Joined(older.kept.Fields, kept.Fields), Joined(older.kept.Opened, kept.Opened)));
        return both.Write() is null ? this : both;
    }

    /// <summary>Puts what was kept into the fields, but for what <see cref="LeftOut"/> names.</summary>
    public void ApplyTo(SettingsDraft draft)
    {
        foreach (Field field in Fields)
        {
            if (kept.Fields!.TryGetValue(field.Name, out string[][]? rows) && Merged(field, rows, field.Get(draft)) is { } merged)
            {
                field.Set(draft, merged);
            }
        }
    }

    /// <summary>The lists, in the words of the page, that cannot come back: a row that was changed here was changed otherwise meanwhile.</summary>
    public IReadOnlyList<string> LeftOut(SettingsDraft draft) =>
        [.. Fields.Where(f => kept.Fields!.TryGetValue(f.Name, out string[][]? rows) && Merged(f, rows, f.Get(draft)) is null).Select(f => f.List!.Words)];

    private static string? Write(Kept kept)
    {
        string text = JsonSerializer.Serialize(kept, Json);
        return Encoding.UTF8.GetByteCount(text) <= MaxBytes ? text : null;
    }

    private static bool AreWhole(Dictionary<string, string[][]>? fields) => fields?.Values.All(rows => rows?.All(r => r?.All(v => v is not null) == true) == true) != false;

    private static Dictionary<string, string[][]> Joined(Dictionary<string, string[][]>? older, Dictionary<string, string[][]>? newer) =>
        (newer ?? []).Concat((older ?? []).Where(f => newer?.ContainsKey(f.Key) != true)).ToDictionary();

    // Null: cannot be told apart from what others did.
    private string[][]? Merged(Field field, string[][] typed, string[][] now) => field.List is not { } list
        ? typed
        : kept.Opened?.TryGetValue(field.Name, out string[][]? opened) == true ? RowMerge.Of(opened, typed, now, list.Shown, list.Key) : null;

    private static Field Text(string name, Func<SettingsDraft, string> get, Action<SettingsDraft, string> set) =>
        new(name, d => [[get(d)]], (d, rows) => set(d, rows is [[var value, ..], ..] ? value : ""));

    private static Field Flag(string name, Func<SettingsDraft, bool> get, Action<SettingsDraft, bool> set) =>
        new(name, d => [[Word(get(d))]], (d, rows) => set(d, rows is [[On, ..], ..]));

    private static string[][] Rows<T>(IEnumerable<T> rows, Func<T, string[]> of) => [.. rows.Select(of)];

    private static bool Same(string[][] one, string[][] other) => RowMerge.Same(one, other, int.MaxValue);

    private static string Variable(string typed, string? was) =>
        ChannelsConfigValidator.IsVariable(typed.Trim()) || typed.Trim().Length == 0 ? typed : ChannelsConfigValidator.IsVariable(was) ? was ?? "" : "";

    private static string At(string[] row, int index) => row.ElementAtOrDefault(index) ?? "";

    private static string Word(bool on) => on ? On : "";

    // List: of a field of several rows.
    private sealed record Field(string Name, Func<SettingsDraft, string[][]> Get, Action<SettingsDraft, string[][]> Set, RowList? List = null);

    // Shown: how many of a row's texts are fields. Key: what a row is known by, whatever was typed into it; empty for a new one.
    private sealed record RowList(string Words, int Shown, Func<string[], string> Key);

    private sealed record Kept(string? Directory, Dictionary<string, string[][]>? Fields, Dictionary<string, string[][]>? Opened = null);
}
