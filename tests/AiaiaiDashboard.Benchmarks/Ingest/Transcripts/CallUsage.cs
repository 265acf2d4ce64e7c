using System.Globalization;
using System.Text;

namespace AiaiaiDashboard.Benchmarks.Ingest.Transcripts;

/// <summary>The usage of one call as its lines carry it; all in tokens.</summary>
internal sealed record CallUsage(int Input, int Output, int CacheRead, int CacheWrite, bool OneHour, bool Fast)
{
    /// <summary>Adds <c>"usage":{...}</c>.</summary>
    /// <param name="line">What is being written.</param>
    /// <param name="shape">Decides which fields there are.</param>
    /// <param name="output">Output tokens: a line that is not the call's last says fewer.</param>
    public void Write(StringBuilder line, LineShape shape, int output)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        string lifetimes = string.Create(culture, $"\"cache_creation\":{{\"ephemeral_5m_input_tokens\":{(OneHour ? 0 : CacheWrite)},\"ephemeral_1h_input_tokens\":{(OneHour ? CacheWrite : 0)}}}");
        line.Append(culture, $"\"usage\":{{\"input_tokens\":{Input},\"cache_creation_input_tokens\":{CacheWrite},\"cache_read_input_tokens\":{CacheRead}");
        if (shape != LineShape.Plain)
        {
            line.Append(',').Append(lifetimes);
        }

        line.Append(culture, $",\"output_tokens\":{output}");
        if (shape == LineShape.Iterations)
        {
            line.Append(culture, $",\"output_tokens_details\":{{\"thinking_tokens\":{output / 4}}},\"server_tool_use\":{{\"web_search_requests\":0,\"web_fetch_requests\":0}}");
        }

        line.Append(",\"service_tier\":\"standard\"");
        if (shape >= LineShape.Geography)
        {
            line.Append(",\"inference_geo\":\"not_available\"");
        }

        if (shape == LineShape.Iterations)
        {
            line.Append(culture, $",\"iterations\":[{{\"input_tokens\":{Input},\"output_tokens\":{output},\"cache_read_input_tokens\":{CacheRead},\"cache_creation_input_tokens\":{CacheWrite},")
                .Append(lifetimes).Append(",\"type\":\"message\"}],\"speed\":").Append(Fast ? "\"fast\"" : "\"standard\"");
        }

        line.Append('}');
    }
}
