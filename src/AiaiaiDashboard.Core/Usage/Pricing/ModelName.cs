using System.Text.RegularExpressions;

namespace AiaiaiDashboard.Core.Usage.Pricing;

/// <summary>How a model's name, as a transcript writes it, is found in the price table (rules R20 and R21).</summary>
internal static partial class ModelName
{
    /// <summary>Name of a call whose line names no model (R20).</summary>
    public const string Unknown = "unknown";

    private static readonly Dictionary<string, string> None = [];

    /// <summary>Removes white space around a name; a missing or empty one is <see cref="Unknown"/>.</summary>
    public static string Clean(string? name)
    {
        string trimmed = name?.Trim() ?? "";
        return trimmed.Length == 0 ? Unknown : trimmed;
    }

    /// <summary>The form in which names are compared: lower case, <c>.</c> as <c>-</c>.</summary>
    public static string Normalize(string name) => name.ToLowerInvariant().Replace('.', '-');

    /// <summary>Finds the table's key for a name, in the order of R21; null when the model is unknown.</summary>
    /// <param name="written">Name as written, cleaned.</param>
    /// <param name="keys">Normalized name to key.</param>
    public static string? Find(string written, Dictionary<string, string> keys)
    {
        if (keys.TryGetValue(written, out string? exact))
        {
            return exact;
        }

        foreach (string candidate in Candidates(Normalize(written), keys))
        {
            if (keys.TryGetValue(candidate, out string? key))
            {
                return key;
            }
        }

        return null;
    }

    /// <summary>The name without provider, version tag, date and suffix: what "the same model" means in R18 and R27.</summary>
    public static string Family(string name)
    {
        string last = Normalize(name);
        if (IsBare(last))
        {
            return IsDotZero(last) ? last[..^2] : last;
        }

        foreach (string candidate in Candidates(last, None))
        {
            last = candidate;
        }

        return last;
    }

    // Whether there is certainly nothing to be taken off, which spares the patterns.
    private static bool IsBare(string name)
    {
        int digits = 0;
        while (digits < name.Length && char.IsAsciiDigit(name[^(digits + 1)]))
        {
            digits++;
        }

        return name.AsSpan().IndexOfAny("[/@:") < 0 && name.IndexOf("claude-", StringComparison.Ordinal) <= 0
            && !name.EndsWith("-latest", StringComparison.Ordinal) && !name.EndsWith("-default", StringComparison.Ordinal)
            && !name.EndsWith("-thinking", StringComparison.Ordinal) && digits < 8 && !name[..^digits].EndsWith("-v", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Candidates(string name, Dictionary<string, string> keys)
    {
        yield return name;

        // claude-opus-4-6[1m]
        name = Bracketed().Replace(name, "");
        yield return name;

        // vertex_ai/claude-..., arn:aws:bedrock:...:inference-profile/us.anthropic.claude-...
        name = name[(name.LastIndexOf('/') + 1)..];
        yield return name;

        // us.anthropic.claude-opus-4-6 (the dots are dashes by now)
        Match claude = Claude().Match(name);
        name = claude.Success ? name[claude.Index..] : name;
        yield return name;

        // claude-opus-4-5@20251101
        name = AtDate().Replace(name, "-$1");
        name = AtTag().Replace(name, "");
        yield return name;

        // claude-opus-4-6-v1, claude-sonnet-4-5-20250929-v1:0:200k
        name = VersionTag().Replace(name, "");
        yield return name;
        if (IsDotZero(name))
        {
            name = name[..^2];
            yield return name;
        }

        string? dated = null;
        foreach (string key in keys.Keys)
        {
            if (key.Length == name.Length + 9 && key.StartsWith(name, StringComparison.Ordinal) && TrailingDate().IsMatch(key.AsSpan(name.Length))
                && string.CompareOrdinal(key, dated) > 0)
            {
                dated = key;
            }
        }

        if (dated is not null)
        {
            yield return dated;
        }

        while (TrailingSuffix().Match(name) is { Success: true } suffix)
        {
            name = name[..suffix.Index];
            name = IsDotZero(name) ? name[..^2] : name;
            yield return name;
        }
    }

    /// <summary>The two models whose first version is also written with a zero.</summary>
    private static bool IsDotZero(string name) => name is "claude-opus-4-0" or "claude-sonnet-4-0";

    [GeneratedRegex(@"\[[^\[\]]*\]$")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}])claude-")]
    private static partial Regex Claude();

    [GeneratedRegex(@"@(20\d{6})$")]
    private static partial Regex AtDate();

    [GeneratedRegex(@"@(latest|default)$")]
    private static partial Regex AtTag();

    [GeneratedRegex(@"(-v\d+(:\d+(:\d+k)?)?|:\d+k?)$")]
    private static partial Regex VersionTag();

    [GeneratedRegex(@"^-20\d{6}$")]
    private static partial Regex TrailingDate();

    [GeneratedRegex(@"-(20\d{6}|latest|default|thinking)$")]
    private static partial Regex TrailingSuffix();
}
