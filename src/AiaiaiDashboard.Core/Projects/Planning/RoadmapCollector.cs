namespace AiaiaiDashboard.Core.Projects.Planning;

/// <summary>Puts headings, tasks and status rows together as a document is walked from top to bottom.</summary>
internal sealed class RoadmapCollector
{
    private readonly List<Section> sections = [];
    private readonly Dictionary<string, Section> phases = new(StringComparer.Ordinal);
    private readonly List<Section> open = [];
    private bool hasPhases;
    private int looseDone;
    private int looseTotal;
    private string? looseNext;

    /// <summary>A heading begins a section, which ends at the next one of its level or above.</summary>
    public void Heading(int level, string text, string? phase)
    {
        open.RemoveAll(s => s.Level >= level);
        Section section = phase is null ? Add(new Section(text)) : Phase(phase, text, byHeading: true);
        section.Level = level;
        open.Add(section);
    }

    /// <summary>A checkbox: a task of the phase or section it stands in, or the mark of a phase.</summary>
    public void Task(string text, bool isDone, string? phase)
    {
        if (phase is not null)
        {
            Section marked = Phase(phase, text, byHeading: false);
            marked.Marked |= isDone;
            marked.HasMark = true;
            return;
        }

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
    public void Row(string phase, string title, (int Done, int Total)? plans, bool isDone)
    {
        // A table that is about something else names no phase of this document.
        if (phases.TryGetValue(phase, out Section? section))
        {
            section.Marked |= isDone;
            section.Plans = plans is { } p ? (Math.Min(p.Done, p.Total), p.Total) : section.Plans;
        }
        else if (plans is not null)
        {
            section = Phase(phase, $"Phase {phase}: {title}", byHeading: false);
            section.Marked = isDone;
            section.Plans = (Math.Min(plans.Value.Done, plans.Value.Total), plans.Value.Total);
        }
    }

    /// <summary>The roadmap; null where there is neither a task nor a phase.</summary>
    public Roadmap? Result(string file)
    {
        Section[] shown = [.. sections.Where(s => hasPhases ? s.IsPhase : s.Total > 0)];
        foreach (Section section in shown.Where(s => s.Total == 0))
        {
            // A phase without tasks of its own counts by its plans, else as one task.
            (section.Done, section.Total) = section.Plans ?? (section.Marked ? 1 : 0, 1);
            section.IsWhole = section.Plans is null;
        }

        Section[] others = hasPhases ? [.. sections.Where(s => !s.IsPhase && s.Total > 0)] : [];
        int total = looseTotal + shown.Concat(others).Sum(s => s.Total);
        if (total == 0)
        {
            return null;
        }

        Section? current = Array.Find(shown, s => !s.IsDone);
        return new Roadmap
        {
            File = file,
            TasksTotal = total,
            TasksDone = looseDone + shown.Concat(others).Sum(s => s.Done),
            NextTask = (current?.Next ?? shown.Concat(others).Select(s => s.Next).FirstOrDefault(n => n is not null) ?? looseNext) is { } next ? RoadmapReader.Title(next) : null,
            Phases = [.. shown.Take(RoadmapReader.MaxPhases).Select(s => new RoadmapPhase(RoadmapReader.Title(s.Title), s.IsWhole ? 0 : s.Done, s.IsWhole ? 0 : s.Total, s.IsDone))],
        };
    }

    private Section Phase(string number, string title, bool byHeading)
    {
        hasPhases = true;
        if (!phases.TryGetValue(number, out Section? section))
        {
            section = phases[number] = Add(new Section(title) { IsPhase = true });
        }
        else if (byHeading && section.Level == 0)
        {
            // The heading is the shorter name: a list item goes on with what the phase is about.
            section.Title = title;
        }

        return section;
    }

    private Section Add(Section section)
    {
        sections.Add(section);
        return section;
    }

    private sealed class Section(string title)
    {
        public string Title { get; set; } = title;

        public int Level { get; set; }

        public bool IsPhase { get; init; }

        public int Done { get; set; }

        public int Total { get; set; }

        public string? Next { get; set; }

        public bool HasMark { get; set; }

        public bool Marked { get; set; }

        public bool IsWhole { get; set; }

        public (int Done, int Total)? Plans { get; set; }

        // A phase whose own box is open is not done, whatever its tasks say: something is left to do.
        public bool IsDone => Marked || (!HasMark && Total > 0 && Done == Total);
    }
}
