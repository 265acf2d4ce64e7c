using System.Globalization;
using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Core.Alerts;

/// <summary>Amounts and percentages as they stand in the sentences of alerts.</summary>
internal static class AlertText
{
    /// <summary>An amount in the configured currency.</summary>
    public static string Amount(decimal usd, AlertsConfig config) => config.Currency == "USD" || config.UsdRate is not { } rate
        ? usd.ToString("$#,##0.00", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{usd * rate:#,##0.00} {config.Currency}");

    /// <summary>A percentage as everywhere on the pages: whole, and never 100 for less or more than that.</summary>
    public static string Whole(decimal percent) => percent switch
    {
        > 0 and < 1 => "<1%",
        < 100 and >= 99 => "99%",
        > 100 and < 101 => "101%",
        _ => Math.Round(percent, MidpointRounding.AwayFromZero).ToString("#,##0", CultureInfo.InvariantCulture) + "%",
    };

    /// <summary>A percentage without needless decimals.</summary>
    public static string Percent(decimal percent) => percent.ToString("0.####", CultureInfo.InvariantCulture);
}
