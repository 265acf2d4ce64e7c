using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AiaiaiDashboard.Core.Storage;
using FluentValidation.Results;

namespace AiaiaiDashboard.Core.Usage.Manual;

/// <summary>The token history of the original dashboard, <c>history/tokens/tokens-YYYY-MM.jsonl</c>: entries like those of tokens.json, one a line. Read, never written.</summary>
/// <param name="Entries">The entries of all months, in file order.</param>
/// <param name="Problems">What could not be read, with file and line; at most <see cref="MaxProblems"/>.</param>
/// <param name="IsComplete">False where a whole file could not be read: what it held is not known then.</param>
internal sealed record OriginalTokenHistory(IReadOnlyList<ManualEntry> Entries, IReadOnlyList<FileProblem> Problems, bool IsComplete)
{
    /// <summary>Bound of <see cref="Problems"/>.</summary>
    public const int MaxProblems = 100;

    /// <summary>Reads all months.</summary>
    public static OriginalTokenHistory Read(DataDirectory directory)
    {
        List<ManualEntry> entries = [];
        List<FileProblem> problems = [];
        bool complete = true;
        Lazy<JsonTypeInfo<ManualEntry>> json = new(static () => DocumentJson.TypeInfo<ManualEntry>(ManualJsonContext.Default));
        PhysicalFileSystem files = PhysicalFileSystem.Instance;
        foreach (HistoryFile file in HistoryFile.In(files, directory, "tokens", original: true, folders: true).OrderBy(f => f.Month, StringComparer.Ordinal))
        {
            try
            {
                LogReport report = directory.Log(file.Name).Read((line, _, _) => entries.Add(Entry(line, json.Value)));
                problems.AddRange(report.Problems);
                if (report.TornLine is { } torn)
                {
                    problems.Add(new FileProblem(file.Name, FormattableString.Invariant($"line {torn}"), "skipped: the line is not complete."));
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                complete = false;
                problems.Add(new FileProblem(file.Name, null, $"cannot be read: {exception.Message.TrimEnd('.')}."));
            }
        }

        return new OriginalTokenHistory(entries, [.. problems.Take(MaxProblems)], complete);
    }

    private static ManualEntry Entry(ReadOnlySpan<byte> line, JsonTypeInfo<ManualEntry> json)
    {
        ManualEntry entry;
        try
        {
            entry = JsonSerializer.Deserialize(line, json) ?? throw new InvalidDataException("null is not allowed here: expected an object in { }.");
        }
        catch (JsonException exception)
        {
            FileProblem mistake = JsonMistake.Explain("", line.ToArray(), json, exception, out _)[0];
            throw new InvalidDataException(mistake.Location is ['$', ..] path ? $"{path}: {mistake.Message}" : mistake.Message);
        }

        ValidationFailure? broken = ManualEntryValidator.Instance.Validate(entry).Errors.FirstOrDefault();
        return broken is null ? entry : throw new InvalidDataException($"{JsonPath.FromPropertyName(broken.PropertyName)}: {broken.ErrorMessage}");
    }
}
