using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>Says in plain words what is wrong with JSON that could not be read: where, what stands there, what is allowed.</summary>
internal static class JsonMistake
{
    private const int MaxShownLength = 60;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = DocumentJson.MaxDepth };

    /// <summary>Explains <paramref name="exception"/>.</summary>
    /// <param name="file">Name for the message.</param>
    /// <param name="json">The whole input.</param>
    /// <param name="type">What it should be.</param>
    /// <param name="exception">Why it is not.</param>
    public static FileProblem Explain(string file, ReadOnlyMemory<byte> json, JsonTypeInfo type, JsonException exception)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return ExplainContent(file, document.RootElement, type, exception.Path ?? "$", exception.Message);
        }
        catch (JsonException syntax)
        {
            return ExplainSyntax(file, syntax);
        }
    }

    private static FileProblem ExplainSyntax(string file, JsonException exception)
    {
        // "'}' is an invalid start of a value. LineNumber: 1 | BytePositionInLine: 5."
        string reason = exception.Message;
        int position = reason.IndexOf(" LineNumber:", StringComparison.Ordinal);
        reason = position > 0 ? reason[..position] : reason;
        position = reason.IndexOf(" Path:", StringComparison.Ordinal);
        reason = (position > 0 ? reason[..position] : reason).TrimEnd('.');
        return exception.LineNumber is { } line
            ? new FileProblem(file, Invariant($"line {line + 1}"), Invariant($"not valid JSON at byte {(exception.BytePositionInLine ?? 0) + 1} of the line: {reason}."))
            : new FileProblem(file, null, $"not valid JSON: {reason}.");
    }

    private static FileProblem ExplainContent(string file, JsonElement root, JsonTypeInfo type, string path, string message)
    {
        JsonElement? found = JsonPath.Find(root, path);
        JsonTypeInfo? expected = TypeAt(type, path);
        if (found is not { } element || expected is null)
        {
            return new FileProblem(file, path, message);
        }

        if (element.ValueKind == JsonValueKind.Object && expected.Kind == JsonTypeInfoKind.Object)
        {
            string[] missing = [.. expected.Properties.Where(p => p.IsRequired && !element.TryGetProperty(p.Name, out _)).Select(p => p.Name)];
            if (missing.Length > 0)
            {
                return new FileProblem(file, path, $"{string.Join(", ", missing)} {(missing.Length == 1 ? "is" : "are")} missing.");
            }
        }

        return new FileProblem(file, path, $"{Shown(element)} is not allowed here: expected {Words(expected)}.");
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

    private static string Shown(JsonElement element)
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

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
