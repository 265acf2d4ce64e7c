using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Components.Charts;

/// <summary>The plots there are. js/charts.js knows how each is drawn; another library would take its place behind the same options.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChartKind>))]
public enum ChartKind
{
    /// <summary>Lines over days.</summary>
    [JsonStringEnumMemberName("lines")]
    Lines,

    /// <summary>Bars per day, with lines over them where a series says so.</summary>
    [JsonStringEnumMemberName("bars")]
    Bars,
}

/// <summary>What the values are; decides how axes and tooltips write them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChartUnit>))]
public enum ChartUnit
{
    /// <summary>USD.</summary>
    [JsonStringEnumMemberName("usd")]
    Usd,

    /// <summary>Tokens.</summary>
    [JsonStringEnumMemberName("tokens")]
    Tokens,

    /// <summary>Percent of 100; the axis ends there.</summary>
    [JsonStringEnumMemberName("percent")]
    Percent,
}

/// <summary>What a place of the axis is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChartStep>))]
public enum ChartStep
{
    /// <summary>A day.</summary>
    [JsonStringEnumMemberName("day")]
    Day,

    /// <summary>A week, named by its first day.</summary>
    [JsonStringEnumMemberName("week")]
    Week,

    /// <summary>A month, named by its first day.</summary>
    [JsonStringEnumMemberName("month")]
    Month,
}

/// <summary>The data of one plot over days: data and a kind, never a formatter.</summary>
public sealed record ChartOptions
{
    /// <summary>Which plot.</summary>
    public required ChartKind Kind { get; init; }

    /// <summary>The days of the axis, <c>YYYY-MM-DD</c>, without gaps.</summary>
    public required IReadOnlyList<string> Days { get; init; }

    /// <summary>What a place of the axis is, as the head of its column in a CSV file.</summary>
    [JsonIgnore]
    public string Axis { get; init; } = "day";

    /// <summary>The series, in the order of the legend.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>Unit of all values.</summary>
    public ChartUnit Unit { get; init; } = ChartUnit.Usd;

    /// <summary>Where the axis of percents begins; the card says so where it is not 0.</summary>
    public int Floor { get; init; }

    /// <summary>What a place of the axis is.</summary>
    public ChartStep Step { get; init; }

    /// <summary>Whether bars stand on each other.</summary>
    public bool Stacked { get; init; }

    /// <summary>A level to compare with: the budget.</summary>
    public ChartReference? Reference { get; init; }

    /// <summary>An interval behind the lines: the range of a forecast.</summary>
    public ChartBand? Band { get; init; }

    /// <summary>Index of today where the axis goes on after it.</summary>
    public int? Today { get; init; }

    /// <summary>Whether days are written below; the upper of two plots with one axis leaves them out.</summary>
    public bool DayLabels { get; init; } = true;

    /// <summary>Plots of one group get the same width, so that their days stand below each other.</summary>
    public string? Group { get; init; }

    /// <summary>Value equality of what is drawn: an unchanged chart is not drawn again.</summary>
    public bool Equals(ChartOptions? other) =>
        other is not null && Kind == other.Kind && Unit == other.Unit && Floor == other.Floor && Stacked == other.Stacked && Step == other.Step && Reference == other.Reference && Equals(Band, other.Band) && Today == other.Today
        && DayLabels == other.DayLabels && Group == other.Group && Days.SequenceEqual(other.Days) && Series.SequenceEqual(other.Series);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Unit, Days.Count, Series.Count, Group);
}

/// <summary>One series; a null value is a day without one.</summary>
/// <param name="Name">Name in the legend, tooltip and table.</param>
/// <param name="Values">As many as there are days.</param>
/// <param name="Colour">Name of a colour of tokens.css without its prefix: accent, c1, text-3.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<decimal?> Values, string Colour)
{
    /// <summary>Context, not measurement: pace or average.</summary>
    public bool Dashed { get; init; }

    /// <summary>What is expected and not yet so: drawn as a dashed line of full weight.</summary>
    public bool Expected { get; init; }

    /// <summary>A line over bars.</summary>
    public bool Line { get; init; }

    /// <summary>Whether its last value is written into the plot.</summary>
    public bool Mark { get; init; }

    /// <inheritdoc cref="ChartOptions.Equals(ChartOptions?)"/>
    public bool Equals(ChartSeries? other) =>
        other is not null && Name == other.Name && Colour == other.Colour && Dashed == other.Dashed && Expected == other.Expected && Line == other.Line && Mark == other.Mark && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Colour, Values.Count);
}

/// <summary>A horizontal line with its label.</summary>
public sealed record ChartReference(decimal Value, string Label);

/// <summary>An interval per day; null where there is none.</summary>
/// <param name="Name">Name in the tooltip.</param>
/// <param name="Low">Lower ends, as many as there are days.</param>
/// <param name="High">Upper ends.</param>
public sealed record ChartBand(string Name, IReadOnlyList<decimal?> Low, IReadOnlyList<decimal?> High)
{
    /// <inheritdoc cref="ChartOptions.Equals(ChartOptions?)"/>
    public bool Equals(ChartBand? other) => other is not null && Name == other.Name && Low.SequenceEqual(other.Low) && High.SequenceEqual(other.High);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Low.Count);
}
