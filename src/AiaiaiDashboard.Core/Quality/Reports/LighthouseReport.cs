using System.Text.Json;

namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>
/// A Lighthouse result: <c>{"lighthouseVersion":"13.0.1","categories":{"performance":{"score":0.98,...},"accessibility":{...}}}</c>, <c>score</c> null where an
/// audit failed. Before version 3: <c>"reportCategories":[{"id":"performance","score":91.5,...}]</c>. Lighthouse CI wraps neither.
/// </summary>
internal static class LighthouseReport
{
    /// <summary>Reads it.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidDataException">It is no such result, or holds no score.</exception>
    public static LighthouseScores Read(ReportJson json)
    {
        var scores = new LighthouseScores();
        bool found = false;
        string? failure = null;
        while (json.NextProperty(0))
        {
            string? name = json.Text;
            json.Next();
            switch (name)
            {
                case "categories" when json.Token == JsonTokenType.StartObject:
                    found = true;
                    scores = ReadByName(json, scores);
                    break;
                case "reportCategories" when json.Token == JsonTokenType.StartArray:
                    found = true;
                    scores = ReadList(json, scores);
                    break;
                case "runtimeError" when json.Token == JsonTokenType.StartObject:
                    failure = ReadFailure(json);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return !found ? throw new InvalidDataException("is no Lighthouse report: it has no \"categories\".")
            : scores == new LighthouseScores() ? throw new InvalidDataException(failure is null ? "holds no score." : $"holds no score: Lighthouse stopped with {failure}.")
            : scores;
    }

    private static LighthouseScores ReadByName(ReportJson json, LighthouseScores scores)
    {
        int depth = json.Depth;
        while (json.NextProperty(depth))
        {
            string? id = json.Text;
            json.Next();
            scores = json.Token == JsonTokenType.StartObject ? With(scores, id, ReadCategory(json).Score * 100) : scores;
            json.Skip();
        }

        return scores;
    }

    private static LighthouseScores ReadList(ReportJson json, LighthouseScores scores)
    {
        int depth = json.Depth;
        while (json.Next() && json.Depth > depth)
        {
            if (json.Token == JsonTokenType.StartObject)
            {
                (string? id, decimal? score) = ReadCategory(json);
                scores = With(scores, id, score);
            }
        }

        return scores;
    }

    private static (string? Id, decimal? Score) ReadCategory(ReportJson json)
    {
        (string? Id, decimal? Score) category = default;
        int depth = json.Depth;
        while (json.NextProperty(depth))
        {
            string? name = json.Text;
            json.Next();
            category = name switch
            {
                "id" => category with { Id = json.Text },
                "score" => category with { Score = json.Number },
                _ => category,
            };
            json.Skip();
        }

        return category;
    }

    private static LighthouseScores With(LighthouseScores scores, string? id, decimal? score)
    {
        decimal? value = score is >= 0 and <= 100 ? Math.Round(score.Value, MidpointRounding.AwayFromZero) : null;
        return id switch
        {
            "performance" => scores with { Performance = value },
            "accessibility" => scores with { Accessibility = value },
            "best-practices" => scores with { BestPractices = value },
            "seo" => scores with { Seo = value },
            _ => scores,
        };
    }

    private static string? ReadFailure(ReportJson json)
    {
        string? code = null;
        int depth = json.Depth;
        while (json.NextProperty(depth))
        {
            bool isCode = json.Text == "code";
            json.Next();
            code = isCode ? json.Text : code;
            json.Skip();
        }

        return code;
    }
}
