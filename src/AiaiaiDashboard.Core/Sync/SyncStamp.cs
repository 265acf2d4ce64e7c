using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage.ClaudeCode;

namespace AiaiaiDashboard.Core.Sync;

/// <summary>
/// cache/unchanged.bin: all that the last complete sync depended on and left behind, as the file system tells it without opening anything. Where it
/// still holds, another sync would find and change nothing (see <see cref="QuietSync"/>). Written only where that can be told: every step succeeded,
/// no project's directory is there to be looked at, transcripts are read and the Admin API is not asked, nobody waits to be told of an alert. May be deleted at any time.
/// </summary>
internal sealed class SyncStamp
{
    /// <summary>Path below the data directory.</summary>
    public const string File = "cache/unchanged.bin";

    private const ulong Magic = 0x3354_4547_4E55_4941; // "AIUNGET3"

    /// <summary>Variables that decide where transcripts are looked for, and what a day is.</summary>
    private static readonly string[] Variables = ["CLAUDE_CONFIG_DIR", "XDG_CONFIG_HOME", "HOME", "USERPROFILE", "TZ"];

    private const string LocalZone = "/etc/localtime";

    /// <summary>Files below the data directory, and paths elsewhere that are not there and would have to be for a project to have a directory.</summary>
    private SeenFiles seen = new();
    private readonly List<string> variables = [];

    /// <summary>The places of transcripts, existing or not.</summary>
    public List<TranscriptRoot> Roots { get; } = [];

    /// <summary>The projects as that sync left them, in their order.</summary>
    public List<StampedProject> Projects { get; } = [];

    /// <summary>Project ids that count for another project.</summary>
    public Dictionary<string, string> Owners { get; } = new(StringComparer.Ordinal);

    /// <summary>The day of the sync.</summary>
    public DateOnly Today { get; private init; }

    /// <summary>
    /// The first and the last instant of that day. Kept, so that nobody has to ask for its zone, which loads libraries for the names of zones: another
    /// one is told of by the configuration, by <see cref="Variables"/> or by <see cref="LocalZone"/>.
    /// </summary>
    private (DateTimeOffset First, DateTimeOffset Last) Day { get; init; }

    /// <summary>Notes a run that has ended, or takes the note away.</summary>
    /// <param name="before">The data directory before the run read it.</param>
    /// <param name="context">The run.</param>
    /// <param name="steps">All its steps.</param>
    /// <param name="environment">Environment variables by name.</param>
    public static void AfterRun(SeenFiles before, SyncContext context, IReadOnlyList<SyncStepStatus> steps, Func<string, string?> environment)
    {
        string path = context.Directory.PathOf(File);
        SyncStamp? stamp = Of(before, context, steps, environment);
        if (stamp is null)
        {
            if (System.IO.File.Exists(path))
            {
                System.IO.File.Delete(path);
            }

            return;
        }

        stamp.Save(context.Directory);
    }

    /// <summary>Reads the note; null when there is none that can be used.</summary>
    public static SyncStamp? Load(DataDirectory directory) => CacheFile.Load(
        directory.PathOf(File), Magic, static reader => new Guid(reader.ReadBytes(16)) == Build ? Read(reader) : null);

    /// <summary>Whether everything but the transcripts is as it was.</summary>
    public bool Holds(DataDirectory directory, Func<string, string?> environment, TimeProvider time)
    {
        DateTimeOffset now = time.GetUtcNow();
        return now >= Day.First && now <= Day.Last && variables.SequenceEqual(Values(environment))
            && seen.Match(seen.Again(directory)) && Roots.TrueForAll(IsAsItWas);
    }

    /// <summary>The note after new usage was written, where nothing else changed meanwhile; null where something did.</summary>
    public SyncStamp? Renewed(DataDirectory directory)
    {
        SeenFiles files = seen.Again(directory);
        if (!seen.Match(files, name => !IsOfTokens(name)))
        {
            return null;
        }

        var now = new SyncStamp { Today = Today, Day = Day, seen = files };
        now.variables.AddRange(variables);
        now.Roots.AddRange(Roots);
        now.Projects.AddRange(Projects);
        foreach ((string id, string owner) in Owners)
        {
            now.Owners.Add(id, owner);
        }

        return now;

        static bool IsOfTokens(string name) =>
            name == DataFiles.Analytics || name.StartsWith("cache/", StringComparison.Ordinal) || name.StartsWith("history/tokens-", StringComparison.Ordinal);
    }

    /// <summary>Writes the note.</summary>
    public void Save(DataDirectory directory)
    {
        string path = directory.PathOf(File);
        byte[] bytes = ToBytes();
        if (!System.IO.File.Exists(path) || !System.IO.File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
        {
            CacheFile.Replace(path, stream => stream.Write(bytes));
        }
    }

    private static Guid Build => typeof(SyncStamp).Module.ModuleVersionId;

    // Who could not be told, or is to be told when a snooze ends, is told by a sync that looks at alerts.
    private static bool AnybodyWaits(SyncContext context) =>
        context.Get<AlertDesk>() is { } desk && desk.NextDue(context.Config.Alerts, desk.Read(context.Today)) is not null;

    private static SyncStamp? Of(SeenFiles before, SyncContext context, IReadOnlyList<SyncStepStatus> steps, Func<string, string?> environment)
    {
        bool quiet = OperatingSystem.IsLinux() && context.Problems.Count == 0 && steps.All(s => s.Status is SyncOutcome.Success or SyncOutcome.Skipped)
            && context.Config.Sources.ClaudeCode.Enabled && !context.Config.Sources.AnthropicAdmin.Enabled && context.Config.Sources.Projects.Roots.Count == 0
            && context.Projects is { } scan && scan.States.Values.All(s => !s.PathExists && s.GitHub is null)
            && !AnybodyWaits(context);
        if (!quiet)
        {
            return null;
        }

        DateTimeOffset now = context.Time.GetUtcNow();
        if (CalendarDay.Of(now, context.Zone) != context.Today)
        {
            return null;
        }

        var stamp = new SyncStamp { Today = context.Today, Day = CalendarDay.Bounds(now, context.Zone) };
        stamp.variables.AddRange(Values(environment));
        stamp.Roots.AddRange(TranscriptRoots.Find(context.Config.Sources.ClaudeCode, environment));
        stamp.Projects.AddRange(context.Catalogue.ToList().Select(p => new StampedProject(p.Id, p.DisplayName, p.IsHidden)));
        foreach ((string id, string owner) in context.Catalogue.Owners)
        {
            stamp.Owners.Add(id, owner);
        }

        stamp.seen = SeenFiles.In(context.Directory);
        foreach (string text in context.Catalogue.Directories.Keys.Concat(context.Projects!.States.Values.Select(s => s.Path).OfType<string>()))
        {
            if (!stamp.seen.NoteMissing(text))
            {
                return null;
            }
        }

        stamp.seen.Note(LocalZone);
        foreach (TranscriptRoot root in stamp.Roots.Where(r => r.Projects is not null))
        {
            stamp.seen.Note(TranscriptRetention.SettingsOf(root.Projects!));
        }

        // What a person edited while the run went on may not be in its figures.
        return before.Match(stamp.seen, IsPersons) && !stamp.seen.AreTooMany ? stamp : null;
    }

    private static bool IsPersons(string name) => name.StartsWith("config/", StringComparison.Ordinal) || name.StartsWith("history/tokens/", StringComparison.Ordinal) || name == DataFiles.Tokens;

    private static IEnumerable<string> Values(Func<string, string?> environment) => Variables.Select(v => environment(v) ?? "");

    private static bool IsAsItWas(TranscriptRoot root) =>
        Directory.Exists(root.Projects ?? root.Path) == (root.Projects is not null) && (root.Projects is not null || !System.IO.File.Exists(root.Path));

    private static DateTimeOffset Instant(BinaryReader reader) => new(reader.ReadInt64(), TimeSpan.Zero);

    private static SyncStamp Read(BinaryReader reader)
    {
        var stamp = new SyncStamp { Today = DateOnly.FromDayNumber(reader.ReadInt32()), Day = (Instant(reader), Instant(reader)) };
        for (int i = reader.ReadInt32(); i > 0; i--)
        {
            stamp.variables.Add(reader.ReadString());
        }

        for (int i = reader.ReadInt32(); i > 0; i--)
        {
            string path = reader.ReadString();
            stamp.Roots.Add(new TranscriptRoot(path, reader.ReadBoolean() ? reader.ReadString() : null, null));
        }

        for (int i = reader.ReadInt32(); i > 0; i--)
        {
            stamp.Projects.Add(new StampedProject(reader.ReadString(), reader.ReadString(), reader.ReadBoolean()));
        }

        for (int i = reader.ReadInt32(); i > 0; i--)
        {
            stamp.Owners.Add(reader.ReadString(), reader.ReadString());
        }

        stamp.seen = SeenFiles.Read(reader);
        return stamp;
    }

    private byte[] ToBytes()
    {
        using var memory = new MemoryStream();
        CacheFile.Write(memory, Magic, Write);
        return memory.ToArray();
    }

    private void Write(BinaryWriter writer)
    {
        writer.Write(Build.ToByteArray());
        writer.Write(Today.DayNumber);
        writer.Write(Day.First.UtcTicks);
        writer.Write(Day.Last.UtcTicks);
        writer.Write(variables.Count);
        variables.ForEach(writer.Write);
        writer.Write(Roots.Count);
        foreach (TranscriptRoot root in Roots)
        {
            writer.Write(root.Path);
            writer.Write(root.Projects is not null);
            if (root.Projects is not null)
            {
                writer.Write(root.Projects);
            }
        }

        writer.Write(Projects.Count);
        foreach (StampedProject project in Projects)
        {
            writer.Write(project.Id);
            writer.Write(project.Name);
            writer.Write(project.IsHidden);
        }

        writer.Write(Owners.Count);
        string[] ids = [.. Owners.Keys];
        Array.Sort(ids, string.CompareOrdinal);
        foreach (string id in ids)
        {
            writer.Write(id);
            writer.Write(Owners[id]);
        }

        seen.Write(writer);
    }
}

/// <summary>A project as a sync left it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Display name.</param>
/// <param name="IsHidden">Whether it is not listed.</param>
internal sealed record StampedProject(string Id, string Name, bool IsHidden);
