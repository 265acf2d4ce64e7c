namespace AiaiaiDashboard.Core.Projects.Planning;

/// <summary>Puts headings, tasks and status rows together as a document is walked from top to bottom.</summary>
internal sealed class RoadmapCollector
{
    private readonly List<Section> sections = [];
    // A number may begin anew with every milestone: the last phase of a number is the one that is meant.
    private readonly Dictionary<string, Section> phases = new(StringComparer.Ordinal);
    private readonly List<Section> open = [];
    private bool beginsAnew;
    private int looseDone;
    private int looseTotal;
    private string? looseNext;

    /// <summary>A heading begins a section, which ends at the next one of its level or above.</summary>
    public void Heading(int level, string text, PhaseName? phase)
    {
        open.RemoveAll(s => s.Level >= level);
        Section section = phase is null ? Add(new Section(text)) : Phase(phase, text, s => s.Level > 0 && !IsSame(s.Title, text));
        if (section.IsPhase && section.Level == 0)
        {
            // The heading is the shorter name: a list item goes on with what the phase is about.
            section.Title = text;
        }

        section.Level = level;
        open.Add(section);
    }

    /// <summary>The phase whose heading was last says that it is finished.</summary>
    public void Finished()
    {
        if (open.LastOrDefault(s => s.IsPhase) is { } phase)
        {
            phase.Marked = true;
        }
    }

    /// <summary>The phase whose heading was last is not going to be done.</summary>
    public void Dropped() => open[^1].IsDropped = true;

    /// <summary>A box before the name of a phase.</summary>
    public void Mark(string text, bool isDone, PhaseName phase, (int Done, int Total)? plans)
    {
        Section marked = Phase(phase, text, s => s.HasMark && !IsSame(s.MarkText!, text));
        marked.Marked |= isDone;
        marked.HasMark = true;
        marked.MarkText = text;
        marked.Plans ??= Sensible(plans);
    }

    /// <summary>A checkbox: a task of the phase or section it stands in.</summary>
    public void Task(string text, bool isDone)
    {
        Section? at = open.LastOrDefault(s => s.IsPhase) ?? open.LastOrDefault();
        if (at is null)
        {
            looseTotal++;
            looseDone += isDone ? 1 : 0;
            looseNext ??= isDone ? null : text;
            return;
        }

        at.Total++;
        at.Done += isDone ? 1 : 0;
        at.Next ??= isDone ? null : text;
    }

    /// <summary>A row of a status table.</summary>
    /// <param name="phase">Its phase, or several.</param>
    /// <param name="title">What else its first cell says.</param>
    /// <param name="plans">Plans done and in all.</param>
    /// <param name="isDone">Whether it says so.</param>
    /// <param name="names">Whether it names a phase that nothing else in the document does; a table about something else names none.</param>
    public void Row(PhaseName phase, string title, (int Done, int Total)? plans, bool isDone, bool names)
    {
        Section? section = Find(phase);
        if (phase.IsRange && section is null)
        {
            Section[] several = [.. phases.Values.Where(s => !s.Name.IsRange && s.Name.First >= phase.First && s.Name.First <= phase.Last)];
            Array.ForEach(several, s => s.Marked |= isDone);
            names &= several.Length == 0;
        }

        if (section is not null)
        {
            section.Marked |= isDone;
            section.Plans = Sensible(plans) ?? section.Plans;
        }
        else if (names)
        {
            section = Phase(phase, phase.IsRange ? $"Phases {phase.Number}{(title.Length > 0 ? $": {title}" : "")}" : $"Phase {phase.Number}: {title}", _ => false);
            section.Marked = isDone;
            section.Plans = Sensible(plans);
        }
    }

    /// <summary>The roadmap; null where there is neither a task nor a phase.</summary>
    public Roadmap? Result(string file)
    {
        sections.RemoveAll(s => s.IsDropped);
        // Milestones that hold phases are not phases themselves.
        string? kind = PhaseName.Kinds.FirstOrDefault(k => sections.Any(s => s.IsPhase && s.Kind == k));
        IEnumerable<Section> wanted = sections.Where(s => kind is null ? s.Total > 0 : s.IsPhase && s.Kind == kind);
        // An inserted phase, or one that only the table has, stands where its number belongs.
        Section[] shown = [.. kind is not null && !beginsAnew ? wanted.OrderBy(s => s.Name.First) : wanted];
        foreach (Section section in shown)
        {
            section.Settle();
        }

        Section[] others = [.. sections.Except(shown).Where(s => s.Total > 0)];
        int total = looseTotal + shown.Concat(others).Sum(s => s.Total);
        if (total == 0)
        {
            return null;
        }

        Section? current = Array.Find(shown, s => !s.IsDone);
        string? next = current?.Next ?? shown.Where(s => !s.IsDone).Concat(others).Select(s => s.Next).FirstOrDefault(n => n is not null) ?? looseNext;
        return new Roadmap
        {
            File = file,
            TasksTotal = total,
            TasksDone = looseDone + shown.Concat(others).Sum(s => s.Done),
            NextTask = next is null ? null : RoadmapReader.Title(next),
            Phases = [.. shown.Take(RoadmapReader.MaxPhases).Select(s => new RoadmapPhase(RoadmapReader.Title(s.Title), s.IsWhole ? 0 : s.Done, s.IsWhole ? 0 : s.Total, s.IsDone))],
        };
    }

    private static (int Done, int Total)? Sensible((int Done, int Total)? plans) =>
        plans is { Total: > 0 } p ? (Math.Min(p.Done, p.Total), p.Total) : null;

    // "Phase 3: Sync (INSERTED)" is "Phase 3: Sync".
    private static bool IsSame(string one, string other)
    {
        string a = Letters(one);
        string b = Letters(other);
        return a.StartsWith(b, StringComparison.OrdinalIgnoreCase) || b.StartsWith(a, StringComparison.OrdinalIgnoreCase);

        static string Letters(string title) => string.Concat(title.TakeWhile(c => c != '(').Where(char.IsLetterOrDigit));
    }

    // A number alone is a phase where there is one, else whatever bears it.
    private Section? Find(PhaseName name) =>
        (name.Kind.Length > 0 ? [name.Kind] : PhaseName.Kinds).Select(k => phases.GetValueOrDefault($"{k} {name.Number}")).FirstOrDefault(s => s is not null);

    private Section Phase(PhaseName name, string title, Func<Section, bool> isAnother)
    {
        string key = $"{(name.Kind.Length > 0 ? name.Kind : PhaseName.Phase)} {name.Number}";
        if (phases.TryGetValue(key, out Section? section))
        {
            if (!isAnother(section))
            {
                return section;
            }

            beginsAnew = true;
        }

        return phases[key] = Add(new Section(title) { IsPhase = true, Name = name });
    }

    private Section Add(Section section)
    {
        sections.Add(section);
        return section;
    }

    private sealed class Section(string title)
    {
        private static readonly PhaseName None = new("", "", 0, 0, HasTitle: false);

        public string Title { get; set; } = title;

        public PhaseName Name { get; init; } = None;

        public string Kind => Name.Kind.Length > 0 ? Name.Kind : PhaseName.Phase;

        public bool IsDropped { get; set; }

        public int Level { get; set; }

        public bool IsPhase { get; init; }

        public int Done { get; set; }

        public int Total { get; set; }

        public string? Next { get; set; }

        public bool HasMark { get; set; }

        public string? MarkText { get; set; }

        public bool Marked { get; set; }

        public bool IsWhole { get; private set; }

        public (int Done, int Total)? Plans { get; set; }

        // A phase whose own box is open is not done, whatever its tasks say: something is left to do.
        public bool IsDone => Marked || (!HasMark && Total > 0 && Done == Total);

        /// <summary>
        /// A phase without tasks of its own counts by its plans, else as one task, several phases as so many. One that is finished is finished
        /// whole: who closes a phase often leaves its boxes as they were.
        /// </summary>
        public void Settle()
        {
            if (Total == 0)
            {
                IsWhole = Plans is null;
                (Done, Total) = Plans ?? (0, Name.Count);
            }

            Done = Marked ? Total : Done;
        }
    }
}
