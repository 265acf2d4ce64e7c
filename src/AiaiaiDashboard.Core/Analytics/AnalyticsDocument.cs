using System.Text.Json;
using System.Text.Json.Serialization;
using AiaiaiDashboard.Core.Analytics.Forecasting;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>
/// The document analytics.json: what cards and charts need for the fixed windows, precomputed by the sync. All money is USD,
/// all days are calendar days in the configured zone, and rows dated after <see cref="Date"/> count nowhere.
/// </summary>
public sealed record AnalyticsDocument
{
    /// <summary>Today, when this was computed.</summary>
    public DateOnly Date { get; init; }

    /// <summary>IANA name of the zone the days belong to.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>All projects together; the budget is the global one.</summary>
    public ScopeFigures Total { get; init; } = new();

    /// <summary>The same per project id; the budget is the project's limit.</summary>
    public IReadOnlyDictionary<string, ScopeFigures> Projects { get; init; } = new Dictionary<string, ScopeFigures>();

    /// <summary>Every month with usage, oldest first.</summary>
    public IReadOnlyList<MonthTotal> Months { get; init; } = [];

    /// <summary>The models and projects that have a colour, on every page and in every range the same.</summary>
    public ColourOrder Colours { get; init; } = new([], []);

    /// <summary>Models without a price, by tokens.</summary>
    public IReadOnlyList<UnpricedModel> Unpriced { get; init; } = [];

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }

    /// <summary>
    /// The document as the file holds it: of single projects without what only a chart of one project shows, which is there again when the ledger is read.
    /// </summary>
    public AnalyticsDocument ForFile() => this with
    {
        Projects = Projects.Keys.ToDictionary(id => id, id => Projects[id] with
        {
            Forecast = Projects[id].Forecast with { Path = [], PathLow = [], PathHigh = [] },
        }),
    };
}

/// <summary>The figures of one scope: everything, or one project.</summary>
public sealed record ScopeFigures
{
    /// <summary>Days of <see cref="LatestTopModels"/>: today and yesterday, whose usage may still arrive.</summary>
    public const int LatestDays = 2;

    /// <summary>The current calendar month.</summary>
    public MonthFigures Month { get; init; } = new();

    /// <summary>When the budget runs out at the 30-day burn rate.</summary>
    public Exhaustion Exhaustion { get; init; } = new();

    /// <summary>What the month is expected to cost by its end.</summary>
    public MonthForecast Forecast { get; init; } = new();

    /// <summary>Keys <c>7d</c>, <c>30d</c>, <c>90d</c>: the last so many dates, today included.</summary>
    public IReadOnlyDictionary<string, WindowFigures> Windows { get; init; } = new Dictionary<string, WindowFigures>();

    /// <summary>Cost per day over the last 90 dates, oldest first, ending today.</summary>
    [JsonConverter(typeof(AmountLine))]
    public IReadOnlyList<decimal> Daily { get; init; } = [];

    /// <summary>The same split by model (total scope only): most expensive first.</summary>
    public IReadOnlyList<DailySeries> DailyByModel { get; init; } = [];

    /// <summary>The same split by project id (total scope only): most expensive first.</summary>
    public IReadOnlyList<DailySeries> DailyByProject { get; init; } = [];

    /// <summary>The model that cost most on each of the last <see cref="LatestDays"/> days, today first; null for a day without cost.</summary>
    public IReadOnlyList<ModelCost?> LatestTopModels { get; init; } = [];

    /// <summary>Day of the first entry ever; null when there is none.</summary>
    public DateOnly? FirstDay { get; init; }
}

/// <summary>What a model cost, USD.</summary>
public sealed record ModelCost(string Name, decimal Cost);

/// <summary>The current month of a scope.</summary>
public sealed record MonthFigures
{
    /// <summary><c>YYYY-MM</c>.</summary>
    public string Month { get; init; } = "";

    /// <summary>Month-to-date spend in USD: the one figure that is compared with the budget.</summary>
    public decimal Spend { get; init; }

    /// <summary>Monthly budget (total scope) or limit (project) in USD; null where there is none.</summary>
    public decimal? Budget { get; init; }

    /// <summary>Spend in percent of the budget, unrounded; null without a budget.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Budget minus spend, negative when over; null without a budget.</summary>
    public decimal? Remaining { get; init; }

    /// <summary>What may be spent on each day after today without passing the budget, USD; null without a budget, 0 when it is spent.</summary>
    [JsonIgnore]
    public decimal? SafePerDay => Remaining is { } left ? Math.Max(0, left) / Math.Max(1, DaysInMonth - Day) : null;

    /// <summary>1-based day of the month.</summary>
    public int Day { get; init; }

    /// <summary>Days of the month.</summary>
    public int DaysInMonth { get; init; }

    /// <summary>Spend of the previous month up to the same day of the month.</summary>
    public decimal PreviousToSameDay { get; init; }
}

/// <summary>When the budget runs out (CONTRACT.md §5).</summary>
public sealed record Exhaustion
{
    /// <summary><c>none</c> (no budget or no spend), <c>projected</c> or <c>exceeded</c>.</summary>
    public string State { get; init; } = "none";

    /// <summary>The projected day, or the day the budget was passed.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Whether <see cref="Date"/> lies inside the current month; the budget resets with the month.</summary>
    public bool InsideMonth { get; init; }
}

/// <summary>Sums over a window of days.</summary>
public sealed record WindowFigures
{
    /// <summary>First day, included.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day, included: today.</summary>
    public DateOnly To { get; init; }

    /// <summary>Days that count for the rate: days before the first entry ever do not.</summary>
    public int Days { get; init; }

    /// <summary>Cost in USD.</summary>
    public decimal Cost { get; init; }

    /// <summary>Cost divided by <see cref="Days"/>, USD per day.</summary>
    public decimal BurnRate { get; init; }

    /// <summary>Cost of the window of the same length before this one; null when nothing was recorded that early.</summary>
    public decimal? PreviousCost { get; init; }

    /// <summary>Days with cost.</summary>
    public int ActiveDays { get; init; }

    /// <summary>Calls.</summary>
    public long Calls { get; init; }

    /// <summary>Distinct sessions.</summary>
    public long Sessions { get; init; }

    /// <summary>Uncached input tokens.</summary>
    public long TokensIn { get; init; }

    /// <summary>Output tokens.</summary>
    public long TokensOut { get; init; }

    /// <summary>Cache writes.</summary>
    public long CacheWrite { get; init; }

    /// <summary>Cache reads.</summary>
    public long CacheRead { get; init; }

    /// <summary>Cache reads in percent of all input; null without any.</summary>
    [JsonIgnore]
    public decimal? CacheHitRate => TokensIn + CacheWrite + CacheRead > 0 ? (decimal)CacheRead / (TokensIn + CacheWrite + CacheRead) * 100 : null;

    /// <summary>USD per day with cost; null without such a day.</summary>
    [JsonIgnore]
    public decimal? CostPerActiveDay => ActiveDays > 0 ? Cost / ActiveDays : null;

    /// <summary>USD per session; null without one.</summary>
    [JsonIgnore]
    public decimal? CostPerSession => Sessions > 0 ? Cost / Sessions : null;

    /// <summary>Sessions per calendar day of the rate's days.</summary>
    [JsonIgnore]
    public decimal SessionsPerDay => Days > 0 ? (decimal)Sessions / Days : 0;

    /// <summary>Sessions per seven days.</summary>
    [JsonIgnore]
    public decimal SessionsPerWeek => SessionsPerDay * 7;

    /// <summary>All tokens.</summary>
    [JsonIgnore]
    public long Tokens => TokensIn + TokensOut + CacheWrite + CacheRead;

    /// <summary>Per model, most expensive first.</summary>
    public IReadOnlyList<NamedCost> ByModel { get; init; } = [];

    /// <summary>Per project id (total scope only), most expensive first.</summary>
    public IReadOnlyList<NamedCost> ByProject { get; init; } = [];
}

/// <summary>One name with what it cost.</summary>
/// <param name="Name">Model or project id.</param>
/// <param name="Cost">USD.</param>
/// <param name="Tokens">All tokens.</param>
/// <param name="Calls">Calls.</param>
[JsonConverter(typeof(NamedCostLine))]
public sealed record NamedCost(string Name, decimal Cost, long Tokens, long Calls);

/// <summary>Cost per day of one model or project; as many values, oldest first, as the days it covers.</summary>
/// <param name="Name">Model or project id.</param>
/// <param name="Cost">USD per day.</param>
public sealed record DailySeries(string Name, [property: JsonConverter(typeof(AmountLine))] IReadOnlyList<decimal> Cost);

/// <summary>One month's total.</summary>
/// <param name="Month"><c>YYYY-MM</c>.</param>
/// <param name="Cost">USD.</param>
public sealed record MonthTotal(string Month, decimal Cost);

/// <summary>A model whose calls have no price.</summary>
/// <param name="Model">Name as written.</param>
/// <param name="Calls">Calls.</param>
/// <param name="Tokens">All tokens.</param>
public sealed record UnpricedModel(string Model, long Calls, long Tokens);
