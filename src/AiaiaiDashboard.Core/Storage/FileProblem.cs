namespace AiaiaiDashboard.Core.Storage;

/// <summary>What is wrong with one file, in words a person can act on.</summary>
/// <param name="File">The file, relative to the data directory where it lies below it, else the whole path.</param>
/// <param name="Location">JSON path (<c>$.globalThresholds[1].percent</c>) or <c>line 12</c>; null when the whole file is meant.</param>
/// <param name="Message">What was found and what is allowed, one sentence.</param>
public sealed record FileProblem(string File, string? Location, string Message)
{
    /// <summary>One line for logs, status documents and pages: <c>config/alerts.json, $.globalBudget: ...</c>.</summary>
    public override string ToString() => Location is null ? $"{File}: {Message}" : $"{File}, {Location}: {Message}";
}
