using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Core.Analytics.Forecasting;

/// <summary>
/// What the current month is expected to cost by its end, with an 80 % interval: of ten months, eight end inside it. Amounts are USD,
/// rounded to cents, and never below what is spent already. Made by <see cref="SpendForecaster"/>.
/// </summary>
public sealed record MonthForecast
{
    /// <summary>Days with spend below which there is no forecast.</summary>
    public const int DaysNeeded = 3;

    /// <summary>Days of history below which the forecast says that it knows little.</summary>
    public const int ShortHistory = 7;

    /// <summary>Probability of the interval, percent.</summary>
    public const int Confidence = 80;

    /// <summary><c>none</c> (fewer than 3 days with spend), <c>short</c> (fewer than 7 days of history: widened) or <c>ready</c>.</summary>
    public string State { get; init; } = "none";

    /// <summary>Expected total of the month; null without a forecast.</summary>
    public decimal? Expected { get; init; }

    /// <summary>One month in ten ends below this.</summary>
    public decimal? Low { get; init; }

    /// <summary>One month in ten ends above this.</summary>
    public decimal? High { get; init; }

    /// <summary><see cref="Expected"/> minus budget or limit: positive when over. Null without either.</summary>
    public decimal? OverBudget { get; init; }

    /// <summary>Days since the first entry, today included, as far as the forecast looks back.</summary>
    public int DaysOfHistory { get; init; }

    /// <summary>Those of them with spend.</summary>
    public int DaysWithSpend { get; init; }

    /// <summary>Expected spend since the 1st at the end of today and of each day after it, to the end of the month. Empty without a forecast.</summary>
    [JsonConverter(typeof(AmountLine))]
    public IReadOnlyList<decimal> Path { get; init; } = [];

    /// <summary>The lower end of the interval for the same days.</summary>
    [JsonConverter(typeof(AmountLine))]
    public IReadOnlyList<decimal> PathLow { get; init; } = [];

    /// <summary>The upper end of the interval for the same days.</summary>
    [JsonConverter(typeof(AmountLine))]
    public IReadOnlyList<decimal> PathHigh { get; init; } = [];
}
