using System.Globalization;

namespace AiaiaiDashboard.Core;

/// <summary>
/// Numbers as documents and commands write them, the same in every country. Without asking for a culture where that makes no difference, not even for the
/// invariant one: the first who asks loads the libraries of all languages.
/// </summary>
public static class PlainNumber
{
    /// <summary><c>1234567</c>.</summary>
    public static string Text(long value) => value < 0 ? value.ToString(CultureInfo.InvariantCulture) : value.ToString(provider: null);

    /// <summary><c>1,234,567</c>.</summary>
    public static string Grouped(long value)
    {
        string text = Text(value);
        int start = value < 0 ? 1 : 0;
        for (int at = text.Length - 3; at > start; at -= 3)
        {
            text = string.Concat(text.AsSpan(0, at), ",", text.AsSpan(at));
        }

        return text;
    }
}
