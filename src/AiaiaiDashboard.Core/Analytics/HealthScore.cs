using System.Globalization;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>
/// Health of a project, 0 to 100: 100 less the points of its terms, which are all listed. There are no other terms.
/// <list type="bullet">
/// <item>Deadline (not for completed projects): overdue 20 and 1 more per day, at most 40. Else, where progress is behind the share of the time
/// that has passed between start and deadline by more than 15 points: half of what it is behind, at most 20.</item>
/// <item>Inactivity (active projects only): no commit and no usage for more than <see cref="QuietDays"/> days: 1 per day beyond, at most 20.</item>
/// <item>Coverage: half a point per point below the configured threshold (<see cref="Settings.QualitySettings.CoverageThreshold"/>), at most 20.</item>
/// <item>Budget: spend of this month above 100 % of the limit 25, from 90 % 10, from 75 % 5.</item>
/// <item>Quality: tech debt high 15, medium 5.</item>
/// </list>
/// What is not measured or not set costs nothing and is named as such.
/// </summary>
/// <param name="Value">0 to 100.</param>
/// <param name="Terms">What was looked at, in the order above; points of 0 are listed too.</param>
public sealed record HealthScore(int Value, IReadOnlyList<HealthTerm> Terms)
{
    /// <summary>Days without a commit or usage that are nothing to worry about.</summary>
    public const int QuietDays = 10;

    /// <summary>Nothing is wrong.</summary>
    public static HealthScore Full { get; } = new(100, []);

    /// <summary>Name of the term about inactivity.</summary>
    public const string Activity = "Activity";

    private const int BehindTolerance = 15;

    /// <summary>The health of a project.</summary>
    /// <param name="project">Everything but its health.</param>
    /// <param name="today">Today in the configured zone.</param>
    /// <param name="coverageThreshold">Coverage below this costs points, percent.</param>
    public static HealthScore Of(ProjectSummary project, DateOnly today, decimal coverageThreshold)
    {
        HealthTerm[] terms = [Deadline(project, today), Inactivity(project, today), Coverage(project, coverageThreshold), Budget(project), Quality(project)];
        return new HealthScore(Math.Max(0, 100 - terms.Sum(t => t.Points)), terms);
    }

    /// <summary>Days since the last commit or usage, whichever is later; null where neither is known.</summary>
    public static int? QuietFor(ProjectSummary project, DateOnly today)
    {
        DateOnly? last = project.LastCommit > project.LastUsage || project.LastUsage is null ? project.LastCommit : project.LastUsage;
        return last is { } day ? Math.Max(0, today.DayNumber - day.DayNumber) : null;
    }

    private static HealthTerm Deadline(ProjectSummary project, DateOnly today)
    {
        const string Name = "Deadline";
        if (project.Status == ProjectStatus.Completed)
        {
            return new HealthTerm(Name, 0, "Completed.");
        }

        if (project is not { Deadline: { } deadline, DaysToDeadline: { } left })
        {
            return new HealthTerm(Name, 0, project.DeadlineNote is { } note ? $"\"{note}\" is no single day." : "No deadline is set.");
        }

        if (left < 0)
        {
            return new HealthTerm(Name, (int)Math.Min(40L, 20L - left), $"{Days(-(long)left)} overdue.");
        }

        int? passed = project.StartDate is { } start && deadline > start && today > start
            ? (int)(100L * (today.DayNumber - start.DayNumber) / (deadline.DayNumber - start.DayNumber))
            : null;
        return (passed, project.Progress) switch
        {
            ({ } time, { } progress) when time - progress > BehindTolerance =>
                new HealthTerm(Name, Math.Min(20, (time - progress) / 2), $"{Number(time)}% of the time has passed, {Number(progress)}% is done. {Days(left)} left."),
            _ => new HealthTerm(Name, 0, $"{Days(left)} left."),
        };
    }

    private static HealthTerm Inactivity(ProjectSummary project, DateOnly today)
    {
        if (project.Status != ProjectStatus.Active)
        {
            return new HealthTerm(Activity, 0, "Only active projects are expected to move.");
        }

        return QuietFor(project, today) switch
        {
            null => new HealthTerm(Activity, 0, "No commit and no usage is known."),
            > QuietDays and int quiet => new HealthTerm(Activity, Math.Min(20, quiet - QuietDays), $"No commit or usage for {Days(quiet)}. The limit is {QuietDays} days."),
            0 => new HealthTerm(Activity, 0, "Last commit or usage today."),
            int quiet => new HealthTerm(Activity, 0, $"Last commit or usage {Days(quiet)} ago."),
        };
    }

    private static HealthTerm Coverage(ProjectSummary project, decimal threshold)
    {
        const string Name = "Coverage";
        return project.Coverage switch
        {
            null => new HealthTerm(Name, 0, "Not measured."),
            decimal low when low < threshold => new HealthTerm(
                Name, (int)Math.Min(20, Math.Ceiling((threshold - low) / 2)), $"{Share(low)} is below {threshold.ToString("0.##", CultureInfo.InvariantCulture)}%."),
            decimal good => new HealthTerm(Name, 0, $"{Share(good)}."),
        };
    }

    private static HealthTerm Budget(ProjectSummary project)
    {
        const string Name = "Budget";
        return project.LimitPercent switch
        {
            null => new HealthTerm(Name, 0, "No limit is set."),
            > 100 and decimal over => new HealthTerm(Name, 25, $"{Share(over)} of this month's limit is spent."),
            >= 90 and decimal high => new HealthTerm(Name, 10, $"{Share(high)} of this month's limit is spent."),
            >= 75 and decimal near => new HealthTerm(Name, 5, $"{Share(near)} of this month's limit is spent."),
            decimal used => new HealthTerm(Name, 0, $"{Share(used)} of this month's limit is spent."),
        };
    }

    private static HealthTerm Quality(ProjectSummary project)
    {
        const string Name = "Quality";
        return project.TechDebt switch
        {
            "high" => new HealthTerm(Name, 15, "Tech debt is high."),
            "medium" => new HealthTerm(Name, 5, "Tech debt is medium."),
            null => new HealthTerm(Name, 0, "Not measured."),
            string debt => new HealthTerm(Name, 0, debt == "none" ? "No tech debt." : "Tech debt is low."),
        };
    }

    private static string Days(long days) => days == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{days} days");

    private static string Share(decimal percent) => percent.ToString("0.0", CultureInfo.InvariantCulture) + "%";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One term of a <see cref="HealthScore"/>.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Points">What it costs, 0 or more.</param>
/// <param name="Reason">Why, one sentence.</param>
public sealed record HealthTerm(string Name, int Points, string Reason);
