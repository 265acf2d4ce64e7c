using System.Runtime.CompilerServices;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Formatting;

namespace AiaiaiDashboard.Components.Controls;

/// <summary>Sparklines of projects in words, written once for all tabs.</summary>
internal static class Trends
{
    // Gone with the snapshot that a summary belongs to.
    private static readonly ConditionalWeakTable<ProjectSummary, string> written = [];

    /// <summary>The spend of a project's last 14 days.</summary>
    public static string Of(ProjectSummary project) => written.GetValue(project, static p =>
        $"{p.Name}, spend per day over 14 days: highest {Format.Money(p.Last14Days.DefaultIfEmpty().Max())}, last {Format.Money(p.Last14Days is [.., var last] ? last : 0)}");
}
