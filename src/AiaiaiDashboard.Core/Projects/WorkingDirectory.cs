using System.Text;

namespace AiaiaiDashboard.Core.Projects;

/// <summary>
/// A directory as a transcript names it: a Unix path, a Windows path, or a mere name (a transcript folder such as <c>-w-shop</c>,
/// <c>unknown</c>, any hostile text). Compared by <see cref="Key"/>; only what this machine could hold is ever looked up on disk. A class and not a struct,
/// since code for dictionaries of structs is compiled when the program runs.
/// </summary>
internal sealed record WorkingDirectory
{
    /// <summary>Longest path that is taken as one; no system opens a longer one.</summary>
    public const int MaxPathLength = 4096;

    private const string WorktreeFolder = "worktrees";
    private const string ClaudeFolder = ".claude";

    private readonly char separator;

    private WorkingDirectory(string text, char separator)
    {
        Text = text;
        this.separator = separator;
    }

    /// <summary>The path without trailing separators and without <c>.</c> and <c>..</c>; the text itself for a name.</summary>
    public string Text { get; }

    /// <summary>False for a name.</summary>
    public bool IsPath => separator != '\0';

    /// <summary>What two spellings of one directory have in common: Windows paths compare without case.</summary>
    public string Key => separator == '\\' ? Text.ToUpperInvariant() : Text;

    /// <summary>
    /// Whether the path may be looked up here: a path of this machine's kind, without NUL. Network shares are never looked up, since a
    /// transcript could make Windows sign in to a foreign server.
    /// </summary>
    public bool CanProbe => IsPath && (separator == '\\') == OperatingSystem.IsWindows()
        && !Text.StartsWith(@"\\", StringComparison.Ordinal) && !Text.Contains('\0');

    /// <summary>The last part of the path; the path itself at its top.</summary>
    public string Name
    {
        get
        {
            if (!IsPath)
            {
                return Text;
            }

            string name = Text[(Text.LastIndexOf(separator) + 1)..];
            return name.Length == 0 ? Text.Trim(separator) : name;
        }
    }

    /// <summary>The directory that holds this one; null at the top and for a name.</summary>
    public WorkingDirectory? Parent
    {
        get
        {
            int root = IsPath ? RootLength(Text, separator) : Text.Length;
            if (Text.Length <= root)
            {
                return null;
            }

            int cut = Text.LastIndexOf(separator);
            return new WorkingDirectory(Text[..Math.Max(cut, root)], separator);
        }
    }

    /// <summary>For <c>/w/shop/.claude/worktrees/fix/src</c>: <c>/w/shop</c>. Null elsewhere.</summary>
    public WorkingDirectory? OwnerOfClaudeWorktree
    {
        get
        {
            if (!IsPath)
            {
                return null;
            }

            string marker = $"{separator}{ClaudeFolder}{separator}{WorktreeFolder}{separator}";
            int at = Text.IndexOf(marker, StringComparison.Ordinal);
            return at < 0 ? null : new WorkingDirectory(Text[..Math.Max(at, RootLength(Text, separator))], separator);
        }
    }

    /// <summary>Reads what a transcript or projects.json says; never fails.</summary>
    public static WorkingDirectory Parse(string? directory)
    {
        string text = ProjectId.WellFormed(directory ?? "");
        if (text.Length > MaxPathLength)
        {
            // Begins so that it is read back as a name.
            return new WorkingDirectory($"...{ProjectId.WellFormed(text[..60])}...{ProjectId.Hash(text, 16)}", '\0');
        }

        if (text.StartsWith('/'))
        {
            return new WorkingDirectory(Normalize(text, '/'), '/');
        }

        bool drive = text.Length >= 2 && char.IsAsciiLetter(text[0]) && text[1] == ':' && (text.Length == 2 || text[2] is '\\' or '/');
        if (drive || text.StartsWith(@"\\", StringComparison.Ordinal))
        {
            return new WorkingDirectory(Normalize(text.Replace('/', '\\'), '\\'), '\\');
        }

        return new WorkingDirectory(string.IsNullOrWhiteSpace(text) ? "unknown" : text, '\0');
    }

    /// <summary>The directory and those above it, nearest first, at most <paramref name="levels"/>.</summary>
    public IEnumerable<WorkingDirectory> Upwards(int levels)
    {
        WorkingDirectory? at = this;
        for (int i = 0; i < levels && at is { } here; i++)
        {
            yield return here;
            at = here.Parent;
        }
    }

    /// <summary>Whether this is <paramref name="top"/> or lies below it.</summary>
    public bool IsWithin(WorkingDirectory top)
    {
        if (separator != top.separator)
        {
            return false;
        }

        string key = Key;
        string topKey = top.Key;
        return key.Length == topKey.Length
            ? string.Equals(key, topKey, StringComparison.Ordinal)
            : IsPath && key.StartsWith(topKey, StringComparison.Ordinal)
                && (topKey.EndsWith(separator) || (key.Length > topKey.Length && key[topKey.Length] == separator));
    }

    /// <summary>Whether this is <paramref name="directory"/> or lies above it; false for null.</summary>
    public bool IsAbove(WorkingDirectory? directory) => directory is { } other && other.IsWithin(this);

    private static string Normalize(string path, char separator)
    {
        int root = RootLength(path, separator);
        var parts = new List<string>();
        foreach (string part in path[Math.Min(root, path.Length)..].Split(separator, StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
            {
                if (parts.Count > 0)
                {
                    parts.RemoveAt(parts.Count - 1);
                }
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        var text = new StringBuilder(path.Length);
        text.Append(path.AsSpan(0, Math.Min(root, path.Length)));
        if (separator == '\\' && path.Length >= 2 && path[1] == ':')
        {
            text.Clear().Append(char.ToUpperInvariant(path[0])).Append(":\\");
        }

        return text.AppendJoin(separator, parts).ToString();
    }

    // "/" is 1, "C:\" is 3, "\\" of "\\server\share" is 2.
    private static int RootLength(string path, char separator) =>
        separator == '/' ? 1 : path.StartsWith(@"\\", StringComparison.Ordinal) ? 2 : 3;
}
