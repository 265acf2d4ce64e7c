namespace AiaiaiDashboard.Core.Analytics;

/// <summary>Amounts of money as they are written.</summary>
internal static class Money
{
    /// <summary>The same amount without trailing zeros: 1.50 and 1.5 are one number and must be one text.</summary>
    public static decimal Plain(decimal amount) => amount / 1.0000000000000000000000000000m;
}
