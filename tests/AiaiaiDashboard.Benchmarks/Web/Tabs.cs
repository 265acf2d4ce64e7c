using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AiaiaiDashboard.Integration.Tests.Circuits;

namespace AiaiaiDashboard.Benchmarks.Web;

/// <summary>Many open tabs, each with a circuit of its own, opened as Blazor's script does.</summary>
internal sealed class Tabs(ServerProcess server) : IAsyncDisposable
{
    private const int AtOnce = 8;

    private readonly List<CircuitClient> open = [];

    /// <summary>Opens further tabs until there are so many.</summary>
    public async Task OpenAsync(int count)
    {
        while (open.Count < count)
        {
            int more = Math.Min(AtOnce, count - open.Count);
            open.AddRange(await Task.WhenAll(Enumerable.Range(0, more).Select(_ => CircuitClient.OpenAsync(server.Address, "/", server.Http))));
        }
    }

    /// <summary>Runs a sync that finds new spend. From the first tab that shows the new month's spend to the last, in milliseconds, and from the request on.</summary>
    public async Task<(double FirstToLast, double FromRequest)> PublishAsync(SampleDirectory directory)
    {
        open.ForEach(t => t.Record());
        directory.Change();
        long begin = Stopwatch.GetTimestamp();
        await server.SyncAsync();
        string figure = await MonthSpendAsync();
        long[] shown = await Task.WhenAll(open.Select(t => t.RecordedAsync(figure)));
        if (open.FirstOrDefault(t => t.Error is not null) is { } failed)
        {
            throw new InvalidOperationException($"A tab failed: {failed.Error}");
        }

        return (Stopwatch.GetElapsedTime(shown.Min(), shown.Max()).TotalMilliseconds, Stopwatch.GetElapsedTime(begin, shown.Max()).TotalMilliseconds);
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(open.Select(t => t.DisposeAsync().AsTask()));

    private async Task<string> MonthSpendAsync()
    {
        using JsonDocument document = JsonDocument.Parse(await server.Http.GetByteArrayAsync(new Uri("/api/analytics", UriKind.Relative)));
        return document.RootElement.GetProperty("total").GetProperty("month").GetProperty("spend").GetDecimal().ToString("$#,##0.00", CultureInfo.InvariantCulture);
    }
}
