using System.Security.Cryptography;
using System.Text;

namespace AiaiaiDashboard.Core.Projects;

/// <summary>How ids are made (CONTRACT.md §2, "Project identity").</summary>
public static class ProjectId
{
    /// <summary>Longest id that is made from a name; a longer one is cut and gets the hash of the whole.</summary>
    public const int MaxLength = 80;

    /// <summary>Id of a place that has no name at all, such as <c>/</c>.</summary>
    public const string Root = "root";

    /// <summary>
    /// The name in lower case, letters and digits of any script kept, every other character <c>-</c>. Composed first, so that one name
    /// gives one id whether a file system stores accents apart or not.
    /// </summary>
    /// <param name="name">A folder's name; any text, also hostile.</param>
    public static string FromName(string name)
    {
        // Normalisation refuses lone surrogates.
        string composed = WellFormed(name).Normalize(NormalizationForm.FormC);
        var id = new StringBuilder(composed.Length);
        foreach (Rune rune in composed.EnumerateRunes())
        {
            id.Append(Rune.IsLetterOrDigit(rune) ? Rune.ToLowerInvariant(rune).ToString() : "-");
            if (id.Length > MaxLength)
            {
                return WellFormed(id.ToString(0, MaxLength - 8)).TrimEnd('\ufffd') + "-" + Hash(name, 6);
            }
        }

        return id.Length == 0 ? Root : id.ToString();
    }

    /// <summary>The first <paramref name="digits"/> hex digits of the SHA-256 of the text in UTF-8.</summary>
    public static string Hash(string text, int digits)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return Convert.ToHexStringLower(hash)[..Math.Clamp(digits, 1, 64)];
    }

    /// <summary>The text with U+FFFD in place of lone surrogates, which neither UTF-8 nor JSON can hold.</summary>
    internal static string WellFormed(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            }
        }

        return text;
    }
}
