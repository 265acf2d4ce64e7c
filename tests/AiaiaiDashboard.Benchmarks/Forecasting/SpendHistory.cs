namespace AiaiaiDashboard.Benchmarks.Forecasting;

/// <summary>Spend per day of one history.</summary>
/// <param name="Kind">What kind of work it shows.</param>
/// <param name="First">Day of the first value.</param>
/// <param name="Days">USD per day, without gaps.</param>
internal sealed record SpendHistory(string Kind, DateOnly First, decimal[] Days);
