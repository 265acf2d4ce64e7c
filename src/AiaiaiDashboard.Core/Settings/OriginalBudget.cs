using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Settings;

/// <summary>The original dashboard's budget, <c>{"monthly":200,"currency":"USD"}</c>; counts only while config/alerts.json does not exist.</summary>
internal sealed record OriginalBudget
{
    private static readonly JsonTypeInfo<OriginalBudget> Json = DocumentJson.TypeInfo<OriginalBudget>(SettingsJsonContext.Default);

    /// <summary>Budget per month, in <see cref="Currency"/>.</summary>
    public decimal? Monthly { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string? Currency { get; init; }

    /// <summary>The default settings with this budget.</summary>
    /// <param name="file">Where it came from.</param>
    /// <param name="parent">JSON path of the budget in that file.</param>
    /// <param name="problems">Gets what keeps the budget from being used; the result is null then.</param>
    public AlertsConfig? ToAlerts(string file, string parent, List<FileProblem> problems)
    {
        string currency = string.IsNullOrEmpty(Currency) ? "USD" : Currency;
        if (currency != "USD")
        {
            problems.Add(new FileProblem(file, JsonPath.Member(parent, "currency"), $"{SettingsText.Of(currency)} cannot be used without a rate: save the budget on the settings page, with the rate to the US dollar."));
            return null;
        }

        if (Monthly is < 0 or > AlertsConfigValidator.MaxAmount)
        {
            problems.Add(new FileProblem(file, JsonPath.Member(parent, "monthly"), $"{SettingsText.Of(Monthly.Value)} is not allowed: a budget is 0 to 1,000,000,000."));
            return null;
        }

        return new AlertsConfig { GlobalBudget = Monthly };
    }

    /// <summary>The settings that the original's files state; null where they state none that can be used.</summary>
    /// <param name="store">The data directory.</param>
    /// <param name="problems">Gets what is wrong with a stated budget.</param>
    /// <param name="isUnreadable">Whether tokens.json, which would state it, cannot be read. The step that reads its entries reports why.</param>
    public static AlertsConfig? Find(DocumentStore store, List<FileProblem> problems, out bool isUnreadable)
    {
        isUnreadable = false;
        DocumentRead<OriginalBudget> file = store.Read(ConfigDocuments.Budget);
        problems.AddRange(file.Problems);
        if (file.Exists)
        {
            return file.Value?.ToAlerts(DataFiles.Budget, "$", problems);
        }

        DocumentRead<BudgetOfTokens> tokens = store.Read(ConfigDocuments.TokensBudget);
        isUnreadable = tokens.Exists && tokens.Value is null;
        JsonElement? budget = tokens.Value?.Budget;
        switch (budget?.ValueKind)
        {
            case JsonValueKind.Number when budget.Value.TryGetDecimal(out decimal monthly):
                return new OriginalBudget { Monthly = monthly }.ToAlerts(DataFiles.Tokens, "$.budget", problems);
            case JsonValueKind.Object:
                try
                {
                    return budget.Value.Deserialize(Json)?.ToAlerts(DataFiles.Tokens, "$.budget", problems);
                }
                catch (JsonException exception)
                {
                    problems.Add(new FileProblem(DataFiles.Tokens, "$.budget" + (exception.Path ?? "$")[1..], "is not allowed here: expected a budget such as { \"monthly\": 200, \"currency\": \"USD\" }."));
                    return null;
                }

            default:
                return null;
        }
    }
}

/// <summary>The part of tokens.json that concerns settings.</summary>
internal sealed record BudgetOfTokens
{
    /// <summary>A number, or an object as in <see cref="OriginalBudget"/>.</summary>
    public JsonElement? Budget { get; init; }
}
