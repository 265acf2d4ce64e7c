using System.Globalization;
using System.Text;

namespace AiaiaiDashboard.Core.Projects;

/// <summary>Texts of scanned places made fit to be shown: one line, bounded, without characters that hide or reorder others.</summary>
internal static class ProjectNames
{
    /// <summary>Longest name.</summary>
    public const int MaxName = 120;

    /// <summary>Longest description.</summary>
    public const int MaxDescription = 300;

    /// <summary>A folder's name as a display name.</summary>
    public static string Shown(string name) => OneLine(name, MaxName);

    /// <summary>A text on one line, white space collapsed, control and direction characters left out, cut at a length.</summary>
    public static string OneLine(string text, int maxLength)
    {
        var line = new StringBuilder(Math.Min(text.Length, maxLength));
        bool gap = false;
        foreach (Rune rune in ProjectId.WellFormed(text).EnumerateRunes())
        {
            UnicodeCategory category = Rune.GetUnicodeCategory(rune);
            if (Rune.IsWhiteSpace(rune))
            {
                gap = line.Length > 0;
                continue;
            }

            // The two joiners belong to the spelling of several scripts.
            bool joiner = rune.Value is 0x200C or 0x200D;
            if (!joiner && (category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned))
            {
                continue;
            }

            int needed = rune.Utf16SequenceLength + (gap ? 1 : 0);
            if (line.Length + needed > maxLength - 3)
            {
                return line.Append("...").ToString();
            }

            line.Append(gap ? " " : "").Append(rune.ToString());
            gap = false;
        }

        return line.ToString();
    }
}
