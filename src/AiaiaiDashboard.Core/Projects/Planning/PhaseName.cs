using System.Globalization;
using System.Text.RegularExpressions;

namespace AiaiaiDashboard.Core.Projects.Planning;

/// <summary>The number in the name of a phase: "Phase 02.1: Sync" and "2.1. Sync" of a status table are one phase, since the number is what they have in common.</summary>
/// <param name="Kind">phase, milestone, stage or sprint; empty where the word is missing.</param>
/// <param name="Number">Its number without leading zeros; <c>1-11</c> for several at once.</param>
/// <param name="First">The number, or the first one, in an order in which 2.10 comes after 2.9.</param>
/// <param name="Last">The last one of several; the same as <paramref name="First"/> for one.</param>
/// <param name="HasTitle">Whether more stands there than the number.</param>
internal sealed partial record PhaseName(string Kind, string Number, decimal First, decimal Last, bool HasTitle)
{
    /// <summary>The usual kind.</summary>
    public const string Phase = "phase";

    /// <summary>All kinds, the one that a number alone means first.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Phase, "stage", "sprint", "milestone"];

    /// <summary>Whether it names several.</summary>
    public bool IsRange => Last > First;

    /// <summary>How many it names.</summary>
    public int Count => IsRange ? (int)(Last - First) + 1 : 1;

    /// <summary>The phase that a heading or an item begins with; null where it begins with none.</summary>
    public static PhaseName? Of(string text) => Of(Name().Match(text));

    /// <summary>The phase of a row's first cell, where the word may be missing; null where it begins with no number.</summary>
    public static (PhaseName Phase, string Title)? OfRow(string text) =>
        RowName().Match(text) is { Success: true } match && Of(match) is { } phase ? (phase, match.Groups["title"].Value) : null;

    private static PhaseName? Of(Match match)
    {
        if (!match.Success)
        {
            return null;
        }

        string kind = match.Groups["kind"].Value.ToLowerInvariant();
        string number = string.Join('.', match.Groups["number"].Value.Split('.').Select(p => p.TrimStart('0').PadLeft(1, '0')));
        decimal first = Place(number);
        decimal last = match.Groups["last"].Success ? Place(match.Groups["last"].Value) : first;
        bool titled = match.Groups["title"].Length > 0;
        return last > first
            ? new PhaseName(kind, string.Create(CultureInfo.InvariantCulture, $"{number}-{last:0}"), first, last, titled)
            : new PhaseName(kind, number, first, first, titled);
    }

    private static decimal Place(string number)
    {
        decimal place = 0;
        decimal unit = 1;
        foreach (string part in number.Split('.'))
        {
            place += unit * int.Parse(part, CultureInfo.InvariantCulture);
            unit /= 1000;
        }

        return place;
    }

    [GeneratedRegex(@"^\W{0,4}(?<kind>phase|milestone|stage|sprint)s?\s+(?<number>\d{1,4}(?:\.\d{1,3}){0,2})(?:[-\u2013](?<last>\d{1,4}))?\b\W{0,6}(?<title>.{0,1})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^\W{0,4}(?:(?<kind>phase|milestone|stage|sprint)s?\s+)?(?<number>\d{1,4}(?:\.\d{1,3}){0,2})(?:[-\u2013](?<last>\d{1,4})\b)?[.:)]?\s*[-:\u2013\u2014]?\s*(?<title>.{0,200})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RowName();
}
