using AiaiaiDashboard.Integration.Tests.Circuits;

namespace AiaiaiDashboard.Benchmarks.Web;

/// <summary>Hours of use in minutes: for every quarter of an hour a change, a sync, a visit of every page, and tabs that are opened and dropped.</summary>
internal static class Endurance
{
    private const int SyncsPerHour = 4;

    // Each quarter of an hour is gone through so often: a person changes files and looks at pages more often than the schedule runs.
    private const int VisitsPerSync = 10;

    private static readonly string[] Pages = ["/", "/projects", "/projects/project-1", "/kanban", "/tokens", "/quality", "/analytics", "/alerts", "/settings"];

    /// <summary>Memory in bytes after the first quarter of the time, which warms up, and at the end: each the median of what was seen around it.</summary>
    public static async Task<(long Warm, long End)> RunAsync(ServerProcess server, SampleDirectory directory, int hours)
    {
        List<long> seen = [];
        for (int i = 0; i < hours * SyncsPerHour * VisitsPerSync; i++)
        {
            directory.Change();
            await server.SyncAsync();
            foreach (string page in Pages)
            {
                await server.Http.GetByteArrayAsync(new Uri(page, UriKind.Relative));
            }

            await using CircuitClient tab = await CircuitClient.OpenAsync(server.Address, Pages[i % Pages.Length], server.Http);
            if (tab.Error is not null)
            {
                throw new InvalidOperationException($"A tab failed: {tab.Error}");
            }

            seen.Add(server.Memory);
        }

        int quarter = seen.Count / 4;
        return (Median(seen[quarter..(2 * quarter)]), Median(seen[^quarter..]));
    }

    private static long Median(List<long> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
