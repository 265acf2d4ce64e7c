using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>
/// The order in which models and projects are given their colours. The eight that cost most in 90 days have one, the rest of the eight goes to those that cost most ever. The first
/// colour belongs to what had cost most when the month began, so that none changes its colour in the middle of a month because another overtakes it; what is new in the month comes behind.
/// </summary>
/// <param name="Models">Model names, at most <see cref="MaxNames"/>.</param>
/// <param name="Projects">Project ids, at most <see cref="MaxNames"/>.</param>
public sealed record ColourOrder(IReadOnlyList<string> Models, IReadOnlyList<string> Projects)
{
    /// <summary>As many as there are colours.</summary>
    public const int MaxNames = 8;
}

/// <summary>What each model, or each project, cost: ever, and before the current month.</summary>
/// <param name="count">How many there are; they are named by their codes.</param>
internal sealed class ColourSums(int count)
{
    private readonly decimal[] ever = new decimal[count];
    private readonly decimal[] earlier = new decimal[count];

    /// <summary>Adds a cost.</summary>
    public void Add(int code, decimal cost, bool isEarlier)
    {
        ever[code] += cost;
        earlier[code] += isEarlier ? cost : 0;
    }

    /// <summary>The names that have a colour, the first colour first.</summary>
    /// <param name="names">Turns codes into names.</param>
    /// <param name="recent">Costs of 90 days, dearest first.</param>
    public List<string> Order(NameTable names, IReadOnlyList<NamedCost> recent)
    {
        var dearest = new List<Coloured>();
        for (int code = 0; code < ever.Length; code++)
        {
            if (ever[code] > 0)
            {
                dearest.Add(new Coloured(names[code], ever[code], earlier[code]));
            }
        }

        dearest.Sort(static (a, b) => a.Ever != b.Ever ? b.Ever.CompareTo(a.Ever) : string.CompareOrdinal(a.Name, b.Name));
        var ranks = new Dictionary<string, int>(dearest.Count, StringComparer.Ordinal);
        for (int rank = 0; rank < dearest.Count; rank++)
        {
            ranks.Add(dearest[rank].Name, rank);
        }

        var chosen = new List<Coloured>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (NamedCost cost in recent)
        {
            if (cost.Cost > 0 && ranks.TryGetValue(cost.Name, out int rank))
            {
                Take(dearest[rank]);
            }
        }

        dearest.ForEach(Take);
        chosen.Sort((a, b) => a.Earlier != b.Earlier ? b.Earlier.CompareTo(a.Earlier) : ranks[a.Name].CompareTo(ranks[b.Name]));
        return chosen.ConvertAll(c => c.Name);

        void Take(Coloured name)
        {
            if (chosen.Count < ColourOrder.MaxNames && taken.Add(name.Name))
            {
                chosen.Add(name);
            }
        }
    }

    private sealed record Coloured(string Name, decimal Ever, decimal Earlier);
}
