using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Formatting;

namespace AiaiaiDashboard.Components.Controls;

/// <summary>The one run-out date of the product, in words.</summary>
public static class ExhaustionWords
{
    private const int Year = 366;

    /// <summary>What the date is.</summary>
    public static string Name(Exhaustion exhaustion) => exhaustion.State == "exceeded" ? "Ran out" : "Runs out";

    /// <summary>The date, as a figure of its own. Further away than a year it is hardly a date: then it says so, and the date stands in small print.</summary>
    public static string? Figure(Exhaustion exhaustion, DateOnly today) =>
        exhaustion.Date is not { } day ? null : IsFar(exhaustion, today) ? "Over a year" : Format.Day(day, today);

    /// <summary>Whether the date is more than a year away.</summary>
    public static bool IsFar(Exhaustion exhaustion, DateOnly today) => exhaustion.Date is { } day && day.DayNumber - today.DayNumber > Year;

    /// <summary>A few words for a caption.</summary>
    public static string Short(Exhaustion exhaustion, DateOnly today) => exhaustion switch
    {
        { State: "exceeded", Date: { } day } => $"used up on {Format.Day(day, today)}",
        { State: "projected", InsideMonth: true, Date: { } day } => $"runs out {Format.Day(day, today)}",
        { State: "projected" } => "lasts the month",
        _ => "",
    };

    /// <summary>One short sentence; empty where there is nothing to project from. <paramref name="noun"/> as in <see cref="Long"/>.</summary>
    public static string Brief(Exhaustion exhaustion, DateOnly today, string noun = "budget") =>
        exhaustion is { State: "projected", InsideMonth: false, Date: { } day } ? $"The {noun} lasts the month; without the reset it would last {(IsFar(exhaustion, today) ? "over a year" : $"to {Format.Day(day, today)}")}."
        : Short(exhaustion, today) is { Length: > 0 } words ? $"The {noun} {(exhaustion.State == "exceeded" ? "was " : "")}{words}." : "";

    /// <summary>One sentence with what it rests on; <paramref name="noun"/> is "budget", or "limit" for a project.</summary>
    public static string Long(Exhaustion exhaustion, DateOnly today, string noun = "budget") => exhaustion switch
    {
        { State: "exceeded", Date: { } day } => $"The {noun} was used up on {Format.Day(day, today)}. It resets with the month.",
        { State: "projected", InsideMonth: true, Date: { } day } => $"At the rate of the last 30 days the {noun} is used up on {Format.Day(day, today)}, in {Format.Count(day.DayNumber - today.DayNumber, "day")}, before it resets.",
        { State: "projected", Date: { } day } => $"At the rate of the last 30 days the {noun} would last to {Format.Day(day, today)}. It resets before that.",
        _ => $"Nothing was spent in the last 30 days, so no day is projected on which the {noun} is used up.",
    };
}
