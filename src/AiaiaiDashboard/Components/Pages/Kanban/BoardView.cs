using AiaiaiDashboard.Components.Controls;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Projects.Board;
using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Components.Pages.Kanban;

/// <summary>The columns as they are shown: what the snapshot says, then the moves that are still being written, then the card in hand.</summary>
public static class BoardView
{
    /// <summary>The columns, in the order of <see cref="ProjectStatus.All"/>.</summary>
    /// <param name="projects">The projects, those without an order in the order of the lists.</param>
    /// <param name="pending">Moves under way, oldest first.</param>
    /// <param name="lifted">The card that the keyboard carries; null without.</param>
    public static IReadOnlyList<Column> Of(IEnumerable<ProjectSummary> projects, IEnumerable<BoardMove> pending, LiftedCard? lifted)
    {
        var columns = ProjectStatus.All.ToDictionary(s => s, _ => new List<ProjectSummary>(), StringComparer.Ordinal);
        foreach (ProjectSummary project in BoardOrder.Sort(projects, p => p.Order))
        {
            columns.GetValueOrDefault(project.Status, columns[ProjectStatus.Active]).Add(project);
        }

        foreach (BoardMove move in pending)
        {
            if (Take(columns.Values, move.Id) is { } card)
            {
                List<ProjectSummary> column = columns[move.Status];
                int after = column.FindIndex(p => p.Id == move.After);
                int before = column.FindIndex(p => p.Id == move.Before);
                column.Insert(after >= 0 ? after + 1 : before >= 0 ? before : column.Count, card with { Status = move.Status });
            }
        }

        if (lifted is not null && Take(columns.Values, lifted.Id) is { } inHand)
        {
            List<ProjectSummary> column = columns[lifted.Status];
            column.Insert(Math.Clamp(lifted.Position, 0, column.Count), inHand);
        }

        return [.. columns.Select(c => new Column(c.Key, ProjectGroups.Title(c.Key), c.Key switch { ProjectStatus.Active => "ok", ProjectStatus.Paused => "off", _ => "info" }, c.Value))];
    }

    private static ProjectSummary? Take(IEnumerable<List<ProjectSummary>> columns, string id)
    {
        foreach (List<ProjectSummary> column in columns)
        {
            int position = column.FindIndex(p => p.Id == id);
            if (position >= 0)
            {
                ProjectSummary card = column[position];
                column.RemoveAt(position);
                return card;
            }
        }

        return null;
    }
}

/// <summary>One column of the board.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Tone">Colour of its dot.</param>
/// <param name="Cards">Its cards in their order.</param>
public sealed record Column(string Status, string Title, string Tone, IReadOnlyList<ProjectSummary> Cards)
{
    /// <summary>Position of a card, from 0; -1 where it is not here.</summary>
    public int IndexOf(string id)
    {
        for (int i = 0; i < Cards.Count; i++)
        {
            if (Cards[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>A card that the keyboard carries.</summary>
/// <param name="Id">The project.</param>
/// <param name="Status">Column it is over.</param>
/// <param name="Position">Position in it, from 0.</param>
/// <param name="HomeStatus">Column it was lifted from.</param>
/// <param name="HomePosition">Position there.</param>
public sealed record LiftedCard(string Id, string Status, int Position, string HomeStatus, int HomePosition);
