using System.Text.Json;

namespace AiaiaiDashboard.Core.Usage.Export;

/// <summary>Answers of the ledger as JSON: an object with <c>rows</c> and <c>total</c>, grouping values under the grouping's name.</summary>
public static class UsageAnswerJson
{
    /// <summary>The name of a grouping in commands, addresses and JSON: day, month, project, model or session.</summary>
    public static string NameOf(UsageGrouping grouping) => grouping switch
    {
        UsageGrouping.Day => "day",
        UsageGrouping.Month => "month",
        UsageGrouping.Project => "project",
        UsageGrouping.Model => "model",
        UsageGrouping.Session => "session",
        _ => throw new ArgumentOutOfRangeException(nameof(grouping), grouping, "Not a grouping."),
    };

    /// <summary>Writes an answer.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="query">The question, whose groupings name the values.</param>
    /// <param name="indented">Two-space indent for people; one line for programs.</param>
    public static void Write(Stream output, UsageAnswer answer, UsageQuery query, bool indented)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = indented, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteStartArray("rows");
        foreach (UsageSum row in answer.Rows)
        {
            json.WriteStartObject();
            for (int i = 0; i < row.Keys.Count; i++)
            {
                json.WriteString(NameOf(query.By[i]), row.Keys[i]);
            }

            WriteCounters(json, row);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("total");
        WriteCounters(json, answer.Total);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCounters(Utf8JsonWriter json, UsageSum sum)
    {
        json.WriteNumber("calls", sum.Calls);
        json.WriteNumber("tokensIn", sum.TokensIn);
        json.WriteNumber("tokensOut", sum.TokensOut);
        json.WriteNumber("cacheWrite", sum.CacheWrite);
        json.WriteNumber("cacheWrite1h", sum.CacheWrite1h);
        json.WriteNumber("cacheRead", sum.CacheRead);
        json.WriteNumber("totalTokens", sum.TotalTokens);
        json.WriteNumber("cost", sum.Cost);
        json.WriteBoolean("unpriced", sum.Unpriced);
        json.WriteNumber("incompleteCalls", sum.IncompleteCalls);
        if (sum.FirstAt is { } first)
        {
            json.WriteString("firstAt", first.UtcDateTime);
        }

        if (sum.LastAt is { } last)
        {
            json.WriteString("lastAt", last.UtcDateTime);
        }
    }
}
