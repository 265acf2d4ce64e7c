namespace AiaiaiDashboard.Core.Projects.Planning;

/// <summary>Puts headings, tasks and status rows together as a document is walked from top to bottom.</summary>
internal sealed class RoadmapCollector
{
    private readonly List<Section> sections = [];
    // A number may begin anew with every milestone: the last phase of a number is the one that is meant.
    private readonly Dictionary<string, Section> phases = new(StringComparer.Ordinal);
    private readonly List<Section> open = [];
    private bool hasPhases;
    private bool beginsAnew;
    private int looseDone;
    private int looseTotal;
    private string? looseNext;

    /// <summary>A heading begins a section, which ends at the next one of its level or above.</summary>
    public void Heading(int level, string text, PhaseName? phase)
    {
        open.RemoveAll(s => s.Level >= level);
        Section section = phase is null ? Add(new Section(text)) : Phase(phase, text, s => s.Level > 0 && s.Title != text);
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

    /// <summary>A box before the name of a phase.</summary>
    public void Mark(string text, bool isDone, PhaseName phase, (int Done, int Total)? plans)
    {
        Section marked = Phase(phase, text, s => s.HasMark && s.MarkText != text);
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
        if (phase.IsRange && !phases.ContainsKey(phase.Key))
        {
            Section[] several = [.. phases.Values.Where(s => !s.Number.IsRange && s.Number.First >= phase.First && s.Number.First <= phase.Last)];
            Array.ForEach(several, s => s.Marked |= isDone);
            names &= several.Length == 0;
        }

        if (phases.TryGetValue(phase.Key, out Section? section))
        {
            section.Marked |= isDone;
            section.Plans = Sensible(plans) ?? section.Plans;
        }
        else if (names)
        {
            section = Phase(phase, phase.IsRange ? $"Phases {phase.Key}{(title.Length > 0 ? $": {title}" : "")}" : $"Phase {phase.Key}: {title}", _ => false);
            section.Marked = isDone;
            section.Plans = Sensible(plans);
        }
    }

    /// <summary>The roadmap; null where there is neither a task nor a phase.</summary>
    public Roadmap? Result(string file)
    {
        IEnumerable<Section> wanted = sections.Where(s => hasPhases ? s.IsPhase : s.Total > 0);
        // An inserted phase, or one that only the table has, stands where its number belongs.
        Section[] shown = [.. hasPhases && !beginsAnew ? wanted.OrderBy(s => s.Number.First) : wanted];
        foreach (Section section in shown)
        {
            section.Settle();
        }

        Section[] others = hasPhases ? [.. sections.Where(s => !s.IsPhase && s.Total > 0)] : [];
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

    private Section Phase(PhaseName number, string title, Func<Section, bool> isAnother)
    {
        hasPhases = true;
        if (phases.TryGetValue(number.Key, out Section? section))
        {
            if (!isAnother(section))
            {
                return section;
            }

            beginsAnew = true;
        }

        return phases[number.Key] = Add(new Section(title) { IsPhase = true, Number = number });
    }

    private Section Add(Section section)
    {
        sections.Add(section);
        return section;
    }

    private sealed class Section(string title)
    {
        private static readonly PhaseName None = new("", 0, 0, HasTitle: false);

        public string Title { get; set; } = title;

        public PhaseName Number { get; init; } = None;

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
                (Done, Total) = Plans ?? (0, Number.Count);
            }

            Done = Marked ? Total : Done;
        }
    }
}
