using System.Globalization;
using System.Text.Json;
using AiaiaiDashboard.Core.Analytics.Forecasting;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>
/// Writes analytics.json by hand: property for property what the serializer would write (a test compares them), without the time that makes a
/// serializer ready, which is longer than everything else a sync does about new usage.
/// </summary>
internal static class AnalyticsWriter
{
    /// <summary>Writes the document.</summary>
    public static void Write(Utf8JsonWriter json, AnalyticsDocument document)
    {
        json.WriteStartObject();
        Date(json, "date"u8, document.Date);
        json.WriteString("timeZone"u8, document.TimeZone);
        json.WritePropertyName("total"u8);
        Scope(json, document.Total);
        json.WriteStartObject("projects"u8);
        foreach (string id in document.Projects.Keys)
        {
            json.WritePropertyName(id);
            Scope(json, document.Projects[id]);
        }

        json.WriteEndObject();
        json.WriteStartArray("months"u8);
        foreach (MonthTotal month in document.Months)
        {
            json.WriteStartObject();
            json.WriteString("month"u8, month.Month);
            json.WriteNumber("cost"u8, month.Cost);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("colours"u8);
        Names(json, "models"u8, document.Colours.Models);
        Names(json, "projects"u8, document.Colours.Projects);
        json.WriteEndObject();
        json.WriteStartArray("unpriced"u8);
        foreach (UnpricedModel model in document.Unpriced)
        {
            json.WriteStartObject();
            json.WriteString("model"u8, model.Model);
            json.WriteNumber("calls"u8, model.Calls);
            json.WriteNumber("tokens"u8, model.Tokens);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (document.Extra is not null)
        {
            Extra(json, document.Extra);
        }

        json.WriteEndObject();
    }

    /// <summary><c>[1,2.5,3]</c>: amounts on one line.</summary>
    public static void Line(Utf8JsonWriter json, IReadOnlyList<decimal> amounts)
    {
        var line = new Utf8Line();
        line.Add("["u8);
        for (int i = 0; i < amounts.Count; i++)
        {
            line.Add(i == 0 ? [] : ","u8);
            line.Add(Money.Plain(Math.Round(amounts[i], AmountLine.Decimals)));
        }

        line.Add("]"u8);
        json.WriteRawValue(line.Bytes, skipInputValidation: true);
    }

    /// <summary>A name with its sums on one line.</summary>
    public static void Line(Utf8JsonWriter json, NamedCost cost)
    {
        var line = new Utf8Line();
        line.Add("{\"name\":\""u8);
        line.Add(PlainTextEncoder.Encoded(cost.Name));
        line.Add("\",\"cost\":"u8);
        line.Add(cost.Cost);
        line.Add(",\"tokens\":"u8);
        line.Add(cost.Tokens);
        line.Add(",\"calls\":"u8);
        line.Add(cost.Calls);
        line.Add("}"u8);
        json.WriteRawValue(line.Bytes, skipInputValidation: true);
    }

    private static void Scope(Utf8JsonWriter json, ScopeFigures scope)
    {
        json.WriteStartObject();
        Month(json, scope.Month);
        json.WriteStartObject("exhaustion"u8);
        json.WriteString("state"u8, scope.Exhaustion.State);
        Date(json, "date"u8, scope.Exhaustion.Date);
        json.WriteBoolean("insideMonth"u8, scope.Exhaustion.InsideMonth);
        json.WriteEndObject();
        Forecast(json, scope.Forecast);
        json.WriteStartObject("windows"u8);
        foreach (string key in scope.Windows.Keys)
        {
            json.WritePropertyName(key);
            Window(json, scope.Windows[key]);
        }

        json.WriteEndObject();
        json.WritePropertyName("daily"u8);
        Line(json, scope.Daily);
        Series(json, "dailyByModel"u8, scope.DailyByModel);
        Series(json, "dailyByProject"u8, scope.DailyByProject);
        json.WriteStartArray("latestTopModels"u8);
        foreach (ModelCost? model in scope.LatestTopModels)
        {
            if (model is null)
            {
                json.WriteNullValue();
                continue;
            }

            json.WriteStartObject();
            json.WriteString("name"u8, model.Name);
            json.WriteNumber("cost"u8, model.Cost);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Date(json, "firstDay"u8, scope.FirstDay);
        json.WriteEndObject();
    }

    private static void Month(Utf8JsonWriter json, MonthFigures month)
    {
        json.WriteStartObject("month"u8);
        json.WriteString("month"u8, month.Month);
        json.WriteNumber("spend"u8, month.Spend);
        Amount(json, "budget"u8, month.Budget);
        Amount(json, "percent"u8, month.Percent);
        Amount(json, "remaining"u8, month.Remaining);
        json.WriteNumber("day"u8, month.Day);
        json.WriteNumber("daysInMonth"u8, month.DaysInMonth);
        json.WriteNumber("previousToSameDay"u8, month.PreviousToSameDay);
        json.WriteEndObject();
    }

    private static void Forecast(Utf8JsonWriter json, MonthForecast forecast)
    {
        json.WriteStartObject("forecast"u8);
        json.WriteString("state"u8, forecast.State);
        Amount(json, "expected"u8, forecast.Expected);
        Amount(json, "low"u8, forecast.Low);
        Amount(json, "high"u8, forecast.High);
        Amount(json, "overBudget"u8, forecast.OverBudget);
        json.WriteNumber("daysOfHistory"u8, forecast.DaysOfHistory);
        json.WriteNumber("daysWithSpend"u8, forecast.DaysWithSpend);
        json.WritePropertyName("path"u8);
        Line(json, forecast.Path);
        json.WritePropertyName("pathLow"u8);
        Line(json, forecast.PathLow);
        json.WritePropertyName("pathHigh"u8);
        Line(json, forecast.PathHigh);
        json.WriteEndObject();
    }

    private static void Window(Utf8JsonWriter json, WindowFigures window)
    {
        json.WriteStartObject();
        Date(json, "from"u8, window.From);
        Date(json, "to"u8, window.To);
        json.WriteNumber("days"u8, window.Days);
        json.WriteNumber("cost"u8, window.Cost);
        json.WriteNumber("burnRate"u8, window.BurnRate);
        Amount(json, "previousCost"u8, window.PreviousCost);
        json.WriteNumber("activeDays"u8, window.ActiveDays);
        json.WriteNumber("calls"u8, window.Calls);
        json.WriteNumber("sessions"u8, window.Sessions);
        json.WriteNumber("tokensIn"u8, window.TokensIn);
        json.WriteNumber("tokensOut"u8, window.TokensOut);
        json.WriteNumber("cacheWrite"u8, window.CacheWrite);
        json.WriteNumber("cacheRead"u8, window.CacheRead);
        Costs(json, "byModel"u8, window.ByModel);
        Costs(json, "byProject"u8, window.ByProject);
        json.WriteEndObject();
    }

    private static void Costs(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<NamedCost> costs)
    {
        json.WriteStartArray(name);
        foreach (NamedCost cost in costs)
        {
            Line(json, cost);
        }

        json.WriteEndArray();
    }

    private static void Series(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<DailySeries> series)
    {
        json.WriteStartArray(name);
        foreach (DailySeries one in series)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, one.Name);
            json.WritePropertyName("cost"u8);
            Line(json, one.Cost);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Names(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> names)
    {
        json.WriteStartArray(name);
        foreach (string text in names)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Date(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateOnly? date)
    {
        if (date is { } day)
        {
            json.WriteString(name, IsoDay.Text(day));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Amount(Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal? amount)
    {
        if (amount is { } usd)
        {
            json.WriteNumber(name, usd);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Extra(Utf8JsonWriter json, Dictionary<string, JsonElement> extra)
    {
        foreach ((string name, JsonElement value) in extra)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
    }

    /// <summary>Text that is put together piece by piece.</summary>
    private struct Utf8Line()
    {
        private byte[] bytes = new byte[1024];
        private int length;

        public readonly ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, length);

        public void Add(ReadOnlySpan<byte> text)
        {
            if (bytes.Length - length < text.Length)
            {
                byte[] larger = new byte[(2 * bytes.Length) + text.Length];
                bytes.AsSpan(0, length).CopyTo(larger);
                bytes = larger;
            }

            text.CopyTo(bytes.AsSpan(length));
            length += text.Length;
        }

        public void Add(decimal number)
        {
            Span<byte> text = stackalloc byte[64];
            number.TryFormat(text, out int written, default, CultureInfo.InvariantCulture);
            Add(text[..written]);
        }

        public void Add(long number)
        {
            Span<byte> text = stackalloc byte[32];
            number.TryFormat(text, out int written, default, CultureInfo.InvariantCulture);
            Add(text[..written]);
        }
    }
}
