namespace AiaiaiDashboard.Core.Usage.Pricing;

/// <summary>How a model's name, as a transcript writes it, is found in the price table (rules R20 and R21).</summary>
internal static class ModelName
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
        foreach (string candidate in Candidates(last, None))
        {
            last = candidate;
        }

        return last;
    }

    private static IEnumerable<string> Candidates(string name, Dictionary<string, string> keys)
    {
        yield return name;

        // claude-opus-4-6[1m]
        name = WithoutBrackets(name);
        yield return name;

        // vertex_ai/claude-..., arn:aws:bedrock:...:inference-profile/us.anthropic.claude-...
        name = name[(name.LastIndexOf('/') + 1)..];
        yield return name;

        // us.anthropic.claude-opus-4-6 (the dots are dashes by now)
        name = FromClaude(name);
        yield return name;

        // claude-opus-4-5@20251101
        int at = name.LastIndexOf('@');
        string tag = at < 0 ? "" : name[(at + 1)..];
        name = tag is "latest" or "default" ? name[..at] : IsDate(tag) ? $"{name[..at]}-{tag}" : name;
        yield return name;

        // claude-opus-4-6-v1, claude-sonnet-4-5-20250929-v1:0:200k
        name = WithoutVersion(name);
        yield return name;
        if (IsDotZero(name))
        {
            name = name[..^2];
            yield return name;
        }

        string? dated = null;
        foreach (string key in keys.Keys)
        {
            if (key.Length == name.Length + 9 && key.StartsWith(name, StringComparison.Ordinal) && key[name.Length] == '-' && IsDate(key.AsSpan(name.Length + 1))
                && string.CompareOrdinal(key, dated) > 0)
            {
                dated = key;
            }
        }

        if (dated is not null)
        {
            yield return dated;
        }

        for (int dash = name.LastIndexOf('-'); dash >= 0 && (name[(dash + 1)..] is "latest" or "default" or "thinking" || IsDate(name.AsSpan(dash + 1))); dash = name.LastIndexOf('-'))
        {
            name = name[..dash];
            name = IsDotZero(name) ? name[..^2] : name;
            yield return name;
        }
    }

    /// <summary>The two models whose first version is also written with a zero.</summary>
    private static bool IsDotZero(string name) => name is "claude-opus-4-0" or "claude-sonnet-4-0";

    // 20251101
    private static bool IsDate(ReadOnlySpan<char> text) =>
        text.Length == 8 && text[0] == '2' && text[1] == '0' && text.IndexOfAnyExceptInRange('0', '9') < 0;

    // [1m] and the like at the end.
    private static string WithoutBrackets(string name)
    {
        int open = name.LastIndexOf('[');
        return open >= 0 && name.IndexOf(']', open) == name.Length - 1 ? name[..open] : name;
    }

    // From the first "claude-" on that follows no letter and no digit.
    private static string FromClaude(string name)
    {
        for (int at = name.IndexOf("claude-", StringComparison.Ordinal); at >= 0; at = name.IndexOf("claude-", at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || !char.IsLetterOrDigit(name[at - 1]))
            {
                return name[at..];
            }
        }

        return name;
    }

    // -v1, -v1:0, -v1:0:200k; :0, :200k.
    private static string WithoutVersion(string name)
    {
        int version = name.AsSpan().LastIndexOf("-v");
        if (version >= 0 && IsVersion(name.AsSpan(version + 2)))
        {
            return name[..version];
        }

        int colon = name.LastIndexOf(':');
        return colon >= 0 && IsNumber(WithoutThousand(name.AsSpan(colon + 1))) ? name[..colon] : name;
    }

    // N, N:N or N:N:Nk
    private static bool IsVersion(ReadOnlySpan<char> text)
    {
        int first = text.IndexOf(':');
        if (first < 0)
        {
            return IsNumber(text);
        }

        ReadOnlySpan<char> rest = text[(first + 1)..];
        int second = rest.IndexOf(':');
        return IsNumber(text[..first])
            && (second < 0 ? IsNumber(rest) : IsNumber(rest[..second]) && rest[^1] == 'k' && IsNumber(WithoutThousand(rest[(second + 1)..])));
    }

    private static ReadOnlySpan<char> WithoutThousand(ReadOnlySpan<char> text) => text.EndsWith("k") ? text[..^1] : text;

    private static bool IsNumber(ReadOnlySpan<char> text) => text.Length > 0 && text.IndexOfAnyExceptInRange('0', '9') < 0;
}
