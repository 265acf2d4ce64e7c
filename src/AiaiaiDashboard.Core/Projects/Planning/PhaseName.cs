using System.Globalization;
using System.Text.RegularExpressions;

namespace AiaiaiDashboard.Core.Projects.Planning;

/// <summary>The number in the name of a phase: "Phase 02.1: Sync" and "2.1. Sync" of a status table are one phase, since the number is what they have in common.</summary>
/// <param name="Key">Its number without leading zeros; <c>1-11</c> for several at once.</param>
/// <param name="First">The number, or the first one.</param>
/// <param name="Last">The last one of several; the same as <paramref name="First"/> for one.</param>
/// <param name="HasTitle">Whether more stands there than the number.</param>
internal sealed partial record PhaseName(string Key, decimal First, decimal Last, bool HasTitle)
{
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

        decimal first = decimal.Parse(match.Groups["number"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        decimal last = match.Groups["last"].Success ? decimal.Parse(match.Groups["last"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : first;
        string key = match.Groups["number"].Value.TrimStart('0').PadLeft(1, '0');
        return last > first
            ? new PhaseName(string.Create(CultureInfo.InvariantCulture, $"{key}-{last}"), first, last, match.Groups["title"].Length > 0)
            : new PhaseName(key, first, first, match.Groups["title"].Length > 0);
    }

    [GeneratedRegex(@"^\W{0,4}(?:phases?|milestone|stage|sprint)\s+(?<number>\d{1,4}(?:\.\d{1,3})?)(?:[-\u2013](?<last>\d{1,4}))?\b\W{0,6}(?<title>.{0,1})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^\W{0,4}(?:(?:phases?|milestone|stage|sprint)\s+)?(?<number>\d{1,4}(?:\.\d{1,3})?)(?:[-\u2013](?<last>\d{1,4})\b)?[.:)]?\s*[-:\u2013\u2014]?\s*(?<title>.{0,200})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RowName();
}
