namespace AiaiaiDashboard.Core.Storage;

/// <summary>Many problems as one text of bounded length.</summary>
internal static class ProblemText
{
    /// <summary>Problems that are named; of the others only their number is said.</summary>
    public const int MaxShown = 20;

    /// <summary>The problems one after the other.</summary>
    public static string Of(IReadOnlyList<FileProblem> problems) =>
        string.Join(" ", problems.Take(MaxShown)) + (problems.Count > MaxShown ? FormattableString.Invariant($" And {problems.Count - MaxShown} more.") : "");
}
