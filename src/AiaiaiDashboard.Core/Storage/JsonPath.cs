using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>Paths into a JSON document as problems show them: <c>$.globalThresholds[1].percent</c>, <c>$.perProjectLimits['a b']</c>.</summary>
public static class JsonPath
{
    private static readonly SearchValues<char> Special = SearchValues.Create(" .'\"/[]()\t\r\n\f\b\\\u0085\u2028\u2029");

    /// <summary>The path of a member.</summary>
    public static string Member(string parent, string name) =>
        name.Length > 0 && name.AsSpan().IndexOfAny(Special) < 0 ? $"{parent}.{name}" : $"{parent}['{name}']";

    /// <summary>The path of an element, 0-based.</summary>
    public static string Element(string parent, int index) => string.Create(CultureInfo.InvariantCulture, $"{parent}[{index}]");

    /// <summary>A FluentValidation property name (<c>GlobalThresholds[1].Percent</c>) as a path; a name that begins with <c>$</c> is one already.</summary>
    public static string FromPropertyName(string propertyName) =>
        propertyName.StartsWith('$') ? propertyName
        : propertyName.Length == 0 ? "$"
        : "$." + string.Join('.', propertyName.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    /// <summary>The steps of a path: a name for a member, a number for an element.</summary>
    internal static IReadOnlyList<object> Steps(string path)
    {
        List<object> steps = [];
        int at = path.StartsWith('$') ? 1 : 0;
        while (at < path.Length)
        {
            if (path[at] == '.')
            {
                int end = path.AsSpan(at + 1).IndexOfAny('.', '[');
                end = end < 0 ? path.Length : at + 1 + end;
                steps.Add(path[(at + 1)..end]);
                at = end;
            }
            else if (path.AsSpan(at).StartsWith("['"))
            {
                int end = path.IndexOf("']", at, StringComparison.Ordinal);
                end = end < 0 ? path.Length : end;
                steps.Add(path[(at + 2)..end]);
                at = Math.Min(path.Length, end + 2);
            }
            else
            {
                int end = path.IndexOf(']', at);
                end = end < 0 ? path.Length : end;
                steps.Add(int.TryParse(path.AsSpan(at + 1, Math.Max(0, end - at - 1)), NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : 0);
                at = Math.Min(path.Length, end + 1);
            }
        }

        return steps;
    }

    /// <summary>The element at a path; null where there is none.</summary>
    internal static JsonElement? Find(JsonElement root, string path)
    {
        JsonElement current = root;
        foreach (object step in Steps(path))
        {
            if (step is string name && current.ValueKind == JsonValueKind.Object && current.TryGetProperty(name, out JsonElement member))
            {
                current = member;
            }
            else if (step is int index && current.ValueKind == JsonValueKind.Array && index < current.GetArrayLength())
            {
                current = current[index];
            }
            else
            {
                return null;
            }
        }

        return current;
    }
}
