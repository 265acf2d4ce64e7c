using FluentValidation;
using FluentValidation.Results;

namespace AiaiaiDashboard.Core.Projects;

/// <summary>
/// Rules of projects.json: what no page could show sensibly. Everything else a person or the original dashboard may have written loads.
/// Failures carry the place as <c>$[2].status</c>.
/// </summary>
public sealed class ProjectListValidator : AbstractValidator<ProjectList>
{
    /// <summary>Longest id.</summary>
    public const int MaxIdLength = 200;

    /// <summary>Creates the rules.</summary>
    public ProjectListValidator() => RuleFor(list => list).Custom((list, context) => Check(list, context));

    private static void Check(ProjectList list, ValidationContext<ProjectList> context)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < list.Count; i++)
        {
            if (list[i] is null)
            {
                Fail(context, $"$[{i}]", "null is not a project; expected an object with at least an id.");
                continue;
            }

            CheckId(list[i], i, places, context);
            CheckFields(list[i], i, context);
        }
    }

    private static void CheckId(ProjectRecord project, int index, Dictionary<string, int> places, ValidationContext<ProjectList> context)
    {
        string id = project.Id ?? "";
        if (string.IsNullOrWhiteSpace(id))
        {
            Fail(context, $"$[{index}].id", "The id is missing or empty; every project needs one.");
        }
        else if (id.Length > MaxIdLength || id.Any(char.IsControl))
        {
            Fail(context, $"$[{index}].id", $"The id is longer than {MaxIdLength} characters or holds control characters.");
        }
        else if (!places.TryAdd(id, index))
        {
            Fail(context, $"$[{index}].id", $"\"{id}\" is also the id of $[{places[id]}]; ids are unique.");
        }
    }

    private static void CheckFields(ProjectRecord project, int index, ValidationContext<ProjectList> context)
    {
        if (!string.IsNullOrEmpty(project.Status) && !ProjectStatus.All.Contains(project.Status))
        {
            Fail(context, $"$[{index}].status", $"\"{Shorten(project.Status)}\" is not a status; allowed are active, paused and completed.");
        }

        if (project.Progress is < 0 or > 100)
        {
            Fail(context, $"$[{index}].progress", $"{project.Progress} is outside 0 to 100.");
        }

        if (project.TasksTotal < 0)
        {
            Fail(context, $"$[{index}].tasksTotal", $"{project.TasksTotal} is negative; 0 or more is allowed.");
        }

        if (project.TasksDone < 0)
        {
            Fail(context, $"$[{index}].tasksDone", $"{project.TasksDone} is negative; 0 or more is allowed.");
        }
    }

    private static void Fail(ValidationContext<ProjectList> context, string place, string message) =>
        context.AddFailure(new ValidationFailure(place, message));

    private static string Shorten(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 40), "...");
}
