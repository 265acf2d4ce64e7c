using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Usage.Pricing;

/// <summary>A table of prices that is not valid. The message is the first mistake.</summary>
/// <param name="problems">Every mistake, at least one.</param>
public sealed class PriceTableException(IReadOnlyList<FileProblem> problems) : Exception(problems[0].ToString())
{
    /// <summary>Every mistake, with file, place, value and what is allowed.</summary>
    public IReadOnlyList<FileProblem> Problems { get; } = problems;
}
