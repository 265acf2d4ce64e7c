using System.Text.Json;
using System.Text.RegularExpressions;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode.Naive;

/// <summary>Rules R21 to R29 on the text of prices.json.</summary>
internal sealed partial class NaivePrices(string json)
{
    private static readonly HashSet<string> UsModels = new(StringComparer.Ordinal)
    {
        "claude-opus-4-6", "claude-opus-4-7", "claude-opus-4-8", "claude-opus-5", "claude-opus-5-5", "claude-sonnet-4-6", "claude-sonnet-5", "claude-sonnet-5-5",
        "claude-haiku-5-5", "claude-fable-5", "claude-fable-5-1", "claude-mythos-5", "claude-mythos-5-1", "claude-mythos-preview",
    };

    private readonly Dictionary<string, JsonElement> table = JsonDocument.Parse(json).RootElement.EnumerateObject()
        .Where(p => !p.Name.StartsWith('_')).ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);

    /// <summary>The key of the table that a name stands for; null where there is none (R21).</summary>
    public string? Key(string name) => Candidates(name).Select(Find).FirstOrDefault(k => k is not null);

    /// <summary>A model without date and suffix, for "not the line's model" (R18) and for the models of R27.</summary>
    public string BaseName(string name) => Undated(Revision().Replace(Normal(Key(name) ?? Candidates(name).Last()), ""));

    /// <summary>Cost of a call in USD, and whether it has a price (R22 to R29).</summary>
    public (decimal Cost, bool IsPriced) Cost(NaiveStatement call, DateOnly day)
    {
        if (call.Cost is { } stated)
        {
            return (stated, true);
        }

        if (Key(call.Model) is not { } key)
        {
            return (0, false);
        }

        JsonElement row = table[key];
        JsonElement? before = !row.TryGetProperty("history", out JsonElement history) ? null : history.EnumerateArray()
            .Where(h => DateOnly.Parse(h.GetProperty("until").GetString()!, System.Globalization.CultureInfo.InvariantCulture) >= day)
            .OrderBy(h => h.GetProperty("until").GetString(), StringComparer.Ordinal).Cast<JsonElement?>().FirstOrDefault();
        JsonElement[] places = before is { } earlier ? [earlier, row] : [row];
        if (Price(places, "longContext") is { } longer && call.Input + call.CacheRead + call.Write5m + call.Write1h > longer.GetProperty("thresholdTokens").GetDecimal())
        {
            places = [longer];
        }

        decimal input = Number(places, "input")!.Value;
        bool isClaude = key.Contains("claude", StringComparison.Ordinal);
        decimal read = Number(places, "cacheRead") ?? (isClaude ? .1m * input : input);
        decimal write = Number(places, "cacheWrite5m") ?? (isClaude ? 1.25m * input : input);
        decimal cost = ((call.Input * input) + (call.Output * Number(places, "output")!.Value) + (call.Write5m * write) + (call.Write1h * 2 * input) + (call.CacheRead * read)) / 1_000_000;
        cost *= call.IsFast ? Number([row], "fastMultiplier") ?? 1 : 1;
        cost *= call.IsUs && UsModels.Contains(BaseName(call.Model)) ? 1.1m : 1;
        cost *= call.IsBatch ? .5m : 1;
        return (cost + (call.Searches / 100), true);
    }

    private static JsonElement? Price(JsonElement[] places, string name) =>
        places.Where(p => p.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null).Select(p => (JsonElement?)p.GetProperty(name)).FirstOrDefault();

    private static decimal? Number(JsonElement[] places, string name) => Price(places, name)?.GetDecimal();

    private static string Normal(string name) => name.ToLowerInvariant().Replace('.', '-');

    private string? Find(string name) => table.Keys.FirstOrDefault(k => k == name) ?? table.Keys.FirstOrDefault(k => Normal(k) == Normal(name));

    private IEnumerable<string> Candidates(string name)
    {
        yield return name;
        name = Brackets().Replace(name, "");
        yield return name;
        name = name[(name.LastIndexOf('/') + 1)..];
        yield return name;
        name = Claude().Match(name) is { Success: true } claude ? name[claude.Index..] : name;
        yield return name;
        name = AtDate().Replace(AtWord().Replace(name, ""), "-$1");
        yield return name;
        name = Revision().Replace(name, "");
        yield return name;
        name = Zero().Replace(name, "$1");
        yield return name;
        if (table.Keys.Where(k => Dated().Match(Normal(k)) is { Success: true } date && Normal(k)[..date.Index] == Normal(name)).Max(StringComparer.Ordinal) is { } latest)
        {
            yield return latest;
        }

        while (Suffix().IsMatch(name))
        {
            name = Suffix().Replace(name, "");
            yield return name;
        }
    }

    private static string Undated(string name)
    {
        while (Suffix().IsMatch(name))
        {
            name = Suffix().Replace(name, "");
        }

        return name;
    }

    [GeneratedRegex(@"\[[^\[\]]*\]$")]
    private static partial Regex Brackets();

    [GeneratedRegex("(?<![a-z0-9])claude-", RegexOptions.IgnoreCase)]
    private static partial Regex Claude();

    [GeneratedRegex(@"@(20\d{6})$")]
    private static partial Regex AtDate();

    [GeneratedRegex("@(latest|default)$", RegexOptions.IgnoreCase)]
    private static partial Regex AtWord();

    [GeneratedRegex(@"(-v\d+(:\d+(:\d+k)?)?|:\d+k?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Revision();

    [GeneratedRegex("^(claude-(?:opus|sonnet)-4)[-.]0$", RegexOptions.IgnoreCase)]
    private static partial Regex Zero();

    [GeneratedRegex(@"-20\d{6}$")]
    private static partial Regex Dated();

    [GeneratedRegex(@"-(20\d{6}|latest|default|thinking)$", RegexOptions.IgnoreCase)]
    private static partial Regex Suffix();
}
