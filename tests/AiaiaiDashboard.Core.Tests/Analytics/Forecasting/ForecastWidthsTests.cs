using AiaiaiDashboard.Core.Analytics.Forecasting;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Tests.Analytics.Forecasting;

/// <summary>What forecasts were measured to is kept for a day, and changes none of them.</summary>
public sealed class ForecastWidthsTests : IDisposable
{
    private static readonly DateOnly Today = new(2026, 11, 11);
    private readonly DataDirectory data = new(Directory.CreateTempSubdirectory("aiaiai-widths-").FullName);

    public ForecastWidthsTests() => Directory.CreateDirectory(data.PathOf("cache"));

    private string File => data.PathOf("cache/forecast-widths.bin");

    public void Dispose() => Directory.Delete(data.Root, recursive: true);

    [Fact]
    public void Forecast_WidthsKeptBefore_IsTheSame()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            decimal[] days = Days(seed);
            MonthForecast measured = Of(days, null);
            Save(days);

            // Of another history too: what is kept belongs to one.
            Assert.Equivalent(measured, Of(days, Load()), strict: true);
            Assert.Equivalent(Of(Days(seed + 100), null), Of(Days(seed + 100), Load()), strict: true);
        }
    }

    [Fact]
    public void Save_NothingNew_WritesNothing()
    {
        Save(Days(1));
        Save(Days(2));
        byte[] before = System.IO.File.ReadAllBytes(File);
        System.IO.File.SetLastWriteTimeUtc(File, DateTime.UnixEpoch);

        Save(Days(1));
        Save(Days(2));

        Assert.Equal(DateTime.UnixEpoch, System.IO.File.GetLastWriteTimeUtc(File));
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
    }

    // The same file whatever came first, so that a cache made anew is the one that was.
    [Fact]
    public void Save_AnotherOrder_WritesTheSame()
    {
        Save(Days(1));
        Save(Days(2));
        byte[] before = System.IO.File.ReadAllBytes(File);
        System.IO.File.Delete(File);

        Save(Days(2));
        Save(Days(1));

        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
    }

    [Fact]
    public void Load_OfAnotherDay_KnowsNothing()
    {
        Save(Days(1));
        long before = new FileInfo(File).Length;

        ForecastWidths next = ForecastWidths.Load(data, Today.AddDays(1));
        Of(Days(2), next);
        next.Save();

        Assert.Equal(before, new FileInfo(File).Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(30)]
    public void Load_DamagedFile_MeasuresAnewAndReplacesIt(int length)
    {
        Save(Days(1));
        byte[] whole = System.IO.File.ReadAllBytes(File);
        System.IO.File.WriteAllBytes(File, whole[..length]);

        Assert.Equivalent(Of(Days(1), null), Save(Days(1)), strict: true);

        Assert.Equal(whole, System.IO.File.ReadAllBytes(File));
    }

    private static decimal[] Days(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, random.Next(20, 180)).Select(_ => random.Next(3) == 0 ? 0 : Math.Round((decimal)(random.NextDouble() * 20), 4))];
    }

    private static MonthForecast Of(decimal[] days, ForecastWidths? widths) => SpendForecaster.Forecast(days, Today, days[^Today.Day..].Sum(), 200, widths);

    private ForecastWidths Load() => ForecastWidths.Load(data, Today);

    private MonthForecast Save(decimal[] days)
    {
        ForecastWidths widths = Load();
        MonthForecast forecast = Of(days, widths);
        widths.Save();
        return forecast;
    }
}
