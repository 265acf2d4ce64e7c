using System.Text.Json;
using System.Text.Json.Nodes;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>Turns the bytes of a document into its record, or into what is wrong with them. Changes nothing on disk.</summary>
internal static class DocumentReader
{
    /// <summary>Documents are small; a larger file is not one of ours.</summary>
    public const int MaxBytes = 256 * 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = DocumentJson.MaxDepth };

    /// <summary>Reads a whole file; null where it does not exist.</summary>
    /// <exception cref="IOException">It cannot be read, or is larger than <see cref="MaxBytes"/>.</exception>
    public static byte[]? TryReadBytes(IFileSystem files, string path)
    {
        try
        {
            using Stream stream = files.OpenRead(path);
            if (stream.Length > MaxBytes)
            {
                throw new IOException($"it has {stream.Length / 1024 / 1024} MB; at most {MaxBytes / 1024 / 1024} MB are read.");
            }

            byte[] bytes = new byte[stream.Length];
            int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return count == bytes.Length ? bytes : bytes[..count];
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Parses, upgrades and validates.</summary>
    /// <param name="type">What it should be.</param>
    /// <param name="bytes">The file's content.</param>
    /// <param name="wayBack">Added to every problem of a person's document: how to get the last good version back.</param>
    public static DocumentRead<T> Parse<T>(DocumentType<T> type, ReadOnlyMemory<byte> bytes, string wayBack)
        where T : class
    {
        ReadOnlyMemory<byte> json = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        if (json.Span.IndexOfAnyExcept(" \t\r\n\0"u8) < 0)
        {
            return Broken<T>([new FileProblem(type.Name, null, (json.Length == 0 ? "the file is empty." : "the file holds no JSON.") + wayBack)]);
        }

        try
        {
            JsonText.RequireWholeCharacters(json.Span);
            int version = VersionOf(json, out string written);
            if (version > type.SchemaVersion)
            {
                return Broken<T>([new FileProblem(type.Name, "$.schemaVersion", $"{version} was written by a newer version of the dashboard; this one reads up to {type.SchemaVersion} and leaves the file untouched.")]) with { IsNewer = true };
            }

            if (version < 1)
            {
                return Broken<T>([new FileProblem(type.Name, "$.schemaVersion", $"{written} is not allowed: a whole number from 1 to {type.SchemaVersion} is allowed here.{wayBack}")]);
            }

            bool upgrades = version < type.SchemaVersion && type.Upgrade is not null;
            T? value = upgrades
                ? Upgraded(type, json, version)
                : JsonSerializer.Deserialize(json.Span, type.Json);
            if (value is null)
            {
                return Broken<T>([new FileProblem(type.Name, "$", $"null is not allowed here.{wayBack}")]);
            }

            FileProblem[] problems = Validate(type, value, wayBack);
            return problems.Length > 0 ? Broken<T>(problems) : new DocumentRead<T>(value, true, null) { UpgradedFrom = upgrades ? version : null };
        }
        catch (JsonException exception)
        {
            IReadOnlyList<FileProblem> mistakes = JsonMistake.Explain(type.Name, json, type.Json, exception, out T? rest);
            return Broken<T>([.. mistakes.Select(p => p with { Message = p.Message + wayBack }), .. rest is null ? [] : RulesOf(type, rest, mistakes, wayBack)]);
        }
    }

    // The rules for what could be read; they say nothing new about a value that was taken out, or the list it stood in.
    private static IEnumerable<FileProblem> RulesOf<T>(DocumentType<T> type, T rest, IReadOnlyList<FileProblem> mistakes, string wayBack)
        where T : class =>
        Validate(type, rest, wayBack).Where(p => !mistakes.Any(m => Concerns(m.Location, p.Location)));

    private static bool Concerns(string? taken, string? place) =>
        taken is null || place is null || taken.StartsWith(place, StringComparison.Ordinal) || place.StartsWith(taken, StringComparison.Ordinal);

    private static T? Upgraded<T>(DocumentType<T> type, ReadOnlyMemory<byte> json, int version)
        where T : class
    {
        JsonObject old = JsonNode.Parse(json.Span, documentOptions: Strict)!.AsObject();
        return type.Upgrade!(old, version).Deserialize(type.Json);
    }

    private static FileProblem[] Validate<T>(DocumentType<T> type, T value, string wayBack)
        where T : class =>
        type.Validator is null
            ? []
            : [.. type.Validator.Validate(value).Errors.Select(e => new FileProblem(type.Name, JsonPath.FromPropertyName(e.PropertyName), e.ErrorMessage + wayBack))];

    // Absent, and in lists: 1. Anything but a whole number: 0, which is refused.
    private static int VersionOf(ReadOnlyMemory<byte> json, out string written)
    {
        written = "";
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = DocumentJson.MaxDepth });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return 1;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isVersion = reader.ValueTextEquals("schemaVersion"u8);
            reader.Read();
            if (isVersion)
            {
                using JsonDocument value = JsonDocument.ParseValue(ref reader);
                written = JsonMistake.Shown(value.RootElement);
                return value.RootElement.ValueKind == JsonValueKind.Null ? 1
                    : value.RootElement.ValueKind == JsonValueKind.Number && value.RootElement.TryGetInt32(out int version) ? version
                    : 0;
            }

            reader.Skip();
        }

        return 1;
    }

    private static DocumentRead<T> Broken<T>(IReadOnlyList<FileProblem> problems)
        where T : class => new(null, true, problems[0]) { Problems = problems };
}
