namespace AiaiaiDashboard.Core.Projects.Board;

/// <summary>
/// The order of the cards of a column: <see cref="ProjectRecord.Order"/>, smallest first, then those without one in the order of the lists (by
/// spend). A move writes as few rows as it can, so that projects.json reads well in a diff.
/// </summary>
public static class BoardOrder
{
    // Beyond these a column is numbered anew: halving a gap for ever, or a number typed by hand, must not reach the end of decimal.
    private const int MaxDecimals = 6;
    private const decimal MaxOrder = 1_000_000_000;

    /// <summary>The cards of a column in their order. Stable: cards without an order keep that of <paramref name="cards"/>.</summary>
    public static IEnumerable<T> Sort<T>(IEnumerable<T> cards, Func<T, decimal?> order) => cards.OrderBy(c => order(c) ?? decimal.MaxValue);

    /// <summary>Carries out a move.</summary>
    /// <param name="list">The projects; changed in place.</param>
    /// <param name="move">A move of a project that is in the list and not hidden.</param>
    /// <param name="rank">Rank of a project among those without an order, smallest first.</param>
    public static void Apply(ProjectList list, BoardMove move, Func<string, int> rank)
    {
        ProjectRecord card = list.Find(move.Id)!;
        List<ProjectRecord> all = Column(list, move.Status, rank);
        List<ProjectRecord> column = [.. all.Where(p => p.Id != move.Id)];
        int position = Position(column, move);
        if (all.FindIndex(p => p.Id == move.Id) == position)
        {
            return;
        }

        Replace(list, Completion.WithStatus(card, move.Status));
        if (PlaceBetween(list, column, position) is { } order)
        {
            Replace(list, list.Find(move.Id)! with { Order = order });
            return;
        }

        column.Insert(position, card);
        for (int i = 0; i < column.Count; i++)
        {
            Replace(list, list.Find(column[i].Id)! with { Order = i + 1 });
        }
    }

    private static List<ProjectRecord> Column(ProjectList list, string status, Func<string, int> rank) =>
        [.. Sort(list.Where(p => !p.IsHidden && p.EffectiveStatus == status).OrderBy(p => rank(p.Id)), p => p.Order)];

    private static int Position(List<ProjectRecord> column, BoardMove move)
    {
        int after = move.After is null ? -1 : column.FindIndex(p => p.Id == move.After);
        int before = move.Before is null ? -1 : column.FindIndex(p => p.Id == move.Before);
        return after >= 0 ? after + 1 : before >= 0 ? before : column.Count;
    }

    // An order for the position; null where the column has to be numbered anew. Cards before it that have no order get one.
    private static decimal? PlaceBetween(ProjectList list, List<ProjectRecord> column, int position)
    {
        decimal? last = null;
        foreach (ProjectRecord card in column.Take(position))
        {
            if (card.Order is null)
            {
                last = Next(last);
                Replace(list, list.Find(card.Id)! with { Order = last });
            }
            else
            {
                last = card.Order;
            }
        }

        decimal? next = position < column.Count ? column[position].Order : null;
        if (Math.Abs(last ?? 0) > MaxOrder || Math.Abs(next ?? 0) > MaxOrder)
        {
            return null;
        }

        decimal order = (last, next) switch
        {
            (_, null) => Next(last),
            (null, { } first) => Math.Floor(first) - 1,
            ({ } low, { } high) => Next(low) < high ? Next(low) : (low + high) / 2,
        };
        bool fits = order > (last ?? decimal.MinValue) && order < (next ?? decimal.MaxValue) && order.Scale <= MaxDecimals;
        return fits ? order : null;
    }

    private static decimal Next(decimal? order) => order is null ? 1 : Math.Floor(Math.Min(order.Value, MaxOrder)) + 1;

    private static void Replace(ProjectList list, ProjectRecord project) => list[list.FindIndex(p => p.Id == project.Id)] = project;
}
