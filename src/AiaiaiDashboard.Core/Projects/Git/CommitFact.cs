namespace AiaiaiDashboard.Core.Projects.Git;

/// <summary>One commit. Texts are one line, bounded, and foreign: to be shown encoded.</summary>
/// <param name="Hash">First 8 hex digits.</param>
/// <param name="At">When its author wrote it.</param>
/// <param name="Author">Name of the author.</param>
/// <param name="Subject">First line of its message.</param>
public sealed record CommitFact(string Hash, DateTimeOffset At, string Author, string Subject);
