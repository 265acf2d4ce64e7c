using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>Says in plain words what is wrong with JSON that could not be read: where, what stands there, what is allowed.</summary>
internal static class JsonMistake
{
    /// <summary>Mistakes that are named per file; after that the rest is found once these are mended.</summary>
    public const int MaxMistakes = 50;

    private const int MaxShownLength = 60;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = DocumentJson.MaxDepth };

    /// <summary>
    /// Explains why a document cannot be read: one mistake where it is not JSON, else every value of a wrong type. What is wrong is taken out and
    /// the rest is read, so that one mistake does not hide the others.
    /// </summary>
    /// <param name="file">Name for the messages.</param>
    /// <param name="json">The whole input.</param>
    /// <param name="type">What it should be.</param>
    /// <param name="first">Why it is not.</param>
    /// <param name="rest">What is left without the wrong values; null where that is nothing.</param>
    public static IReadOnlyList<FileProblem> Explain<T>(string file, ReadOnlyMemory<byte> json, JsonTypeInfo<T> type, JsonException first, out T? rest)
        where T : class
    {
        rest = null;
        JsonNode? left;
        try
        {
            JsonText.RequireWholeCharacters(json.Span);
            using (JsonDocument.Parse(json, Strict))
            {
                left = JsonNode.Parse(json.Span, documentOptions: Strict);
            }
        }
        catch (JsonException exception)
        {
            return [JsonSyntaxMistake.Explain(file, json.Span, exception)];
        }

        List<FileProblem> problems = [];
        HashSet<string> taken = [];
        for (JsonException? mistake = first; mistake is not null && problems.Count < MaxMistakes;)
        {
            string path = mistake.Path ?? "$";
            string text = left?.ToJsonString() ?? "null";
            using (var document = JsonDocument.Parse(text, Strict))
            {
                FileProblem problem = ExplainContent(file, document.RootElement, type, path);
                // A required value that was taken out because it is wrong is not missing as well.
                if (!taken.Add(path))
                {
                    return problems;
                }

                problems.Add(problem);
            }

            if (!TakeOut(left, path))
            {
                return problems;
            }

            mistake = TryRead(left, type, out rest);
        }

        return problems;
    }

    private static JsonException? TryRead<T>(JsonNode? left, JsonTypeInfo<T> type, out T? value)
    {
        try
        {
            value = left.Deserialize(type);
            return null;
        }
        catch (JsonException exception)
        {
            value = default;
            return exception;
        }
    }

    // An element of a list gives way to null, so that the others keep their numbers.
    private static bool TakeOut(JsonNode? root, string path)
    {
        IReadOnlyList<object> steps = JsonPath.Steps(path);
        JsonNode? parent = root;
        for (int i = 0; i < steps.Count - 1; i++)
        {
            parent = Step(parent, steps[i]);
        }

        switch (steps.Count == 0 ? null : steps[^1])
        {
            case string name when parent is JsonObject members:
                return members.Remove(name);
            case int index when parent is JsonArray elements && index < elements.Count && elements[index] is not null:
                elements[index] = null;
                return true;
            default:
                return false;
        }
    }

    private static JsonNode? Step(JsonNode? node, object step) => (node, step) switch
    {
        (JsonObject members, string name) => members[name],
        (JsonArray elements, int index) when index < elements.Count => elements[index],
        _ => null,
    };

    private static FileProblem ExplainContent(string file, JsonElement root, JsonTypeInfo type, string path)
    {
        JsonElement? found = JsonPath.Find(root, path);
        JsonTypeInfo? expected = TypeAt(type, path);
        if (found is not { } element || expected is null)
        {
            return new FileProblem(file, path, "a value stands here that does not fit; data/README.md tells what is allowed.");
        }

        if (element.ValueKind == JsonValueKind.Object && expected.Kind == JsonTypeInfoKind.Object)
        {
            string[] missing = [.. expected.Properties.Where(p => p.IsRequired && !element.TryGetProperty(p.Name, out _)).Select(p => p.Name)];
            if (missing.Length > 0)
            {
                return new FileProblem(file, path, $"{string.Join(", ", missing)} {(missing.Length == 1 ? "is" : "are")} missing.");
            }
        }

        return new FileProblem(file, path, $"{Shown(element)} is not allowed here: expected {(element.ValueKind == JsonValueKind.Number ? RuleAt(type, path) : null) ?? Words(expected)}.");
    }

    // A number that is too large for its type never meets the rule of its property, which says more than the type.
    private static string? RuleAt(JsonTypeInfo type, string path)
    {
        IReadOnlyList<object> steps = JsonPath.Steps(path);
        string parent = path[..Math.Max(0, path.LastIndexOf('.'))];
        return steps.Count > 0 && steps[^1] is string name
            ? TypeAt(type, parent)?.Properties.FirstOrDefault(p => p.Name == name)?.AttributeProvider?
                .GetCustomAttributes(typeof(DescriptionAttribute), false).OfType<DescriptionAttribute>().FirstOrDefault()?.Description
            : null;
    }

    private static JsonTypeInfo? TypeAt(JsonTypeInfo type, string path)
    {
        JsonTypeInfo? current = type;
        foreach (object step in JsonPath.Steps(path))
        {
            Type? next = step is string name && current.Kind == JsonTypeInfoKind.Object
                ? current.Properties.FirstOrDefault(p => p.Name == name)?.PropertyType
                : current.ElementType;
            if (next is null)
            {
                return null;
            }

            current = current.Options.GetTypeInfo(next);
        }

        return current;
    }

    private static string Words(JsonTypeInfo expected)
    {
        Type type = Nullable.GetUnderlyingType(expected.Type) ?? expected.Type;
        string words = expected.Kind switch
        {
            JsonTypeInfoKind.Enumerable => "a list in [ ]",
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object in { }",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(string) => "text in quotes",
            _ when type == typeof(int) => "a whole number up to 2,147,483,647",
            _ when type == typeof(long) => "a whole number",
            _ when type == typeof(decimal) => "a number of at most 28 digits",
            _ when type == typeof(double) => "a number",
            _ when type == typeof(DateOnly) => "a date such as \"2026-11-23\"",
            _ when type == typeof(DateTimeOffset) => "a time such as \"2026-11-23T09:30:00Z\"",
            _ => $"a value of type {type.Name}",
        };
        return Nullable.GetUnderlyingType(expected.Type) is null ? words : $"{words}, or null";
    }

    /// <summary>A value as it stands in messages, of bounded length.</summary>
    public static string Shown(JsonElement element)
    {
        string raw = element.GetRawText();
        return element.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            _ when raw.Length > MaxShownLength => $"{raw[..MaxShownLength]}...",
            _ => raw,
        };
    }
}
