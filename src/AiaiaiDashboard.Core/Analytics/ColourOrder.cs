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
    public string[] Order(NameTable names, IReadOnlyList<NamedCost> recent)
    {
        int[] dearest = [.. Enumerable.Range(0, ever.Length).Where(code => ever[code] > 0).OrderByDescending(code => ever[code]).ThenBy(code => names[code], StringComparer.Ordinal)];
        int[] chosen = [.. recent.Where(r => r.Cost > 0).Select(r => names.CodeOf(r.Name)).Concat(dearest).Distinct().Take(ColourOrder.MaxNames)];
        return [.. chosen.OrderByDescending(code => earlier[code]).ThenBy(code => Array.IndexOf(dearest, code)).Select(code => names[code])];
    }
}
