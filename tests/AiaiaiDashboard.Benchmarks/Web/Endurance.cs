using AiaiaiDashboard.Integration.Tests.Circuits;

namespace AiaiaiDashboard.Benchmarks.Web;

/// <summary>Hours of use in minutes: for every quarter of an hour a change, a sync, a visit of every page, and a tab that is opened, follows for a while and is closed.</summary>
internal static class Endurance
{
    private const int SyncsPerHour = 4;

    // Each quarter of an hour is gone through so often: a person changes files and looks at pages more often than the schedule runs.
    private const int VisitsPerSync = 10;

    // Tabs that stay open meanwhile; with each visit the oldest is closed. Dropped connections are another measurement: what the server keeps of
    // them for three minutes of real time would be kept for hours of this one.
    private const int OpenTabs = 8;

    private static readonly string[] Pages = ["/", "/projects", "/projects/project-1", "/kanban", "/tokens", "/quality", "/analytics", "/alerts", "/settings"];

    // What work has left behind is given back once nobody works: what stays after that is what would grow.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    /// <summary>Memory in bytes after the first quarter of the time, which warms up, and at the end, each when the server has gone quiet.</summary>
    public static async Task<(long Warm, long End)> RunAsync(ServerProcess server, SampleDirectory directory, int hours)
    {
        int rounds = hours * SyncsPerHour * VisitsPerSync;
        await GoThroughAsync(server, directory, rounds / 4);
        await Task.Delay(Quiet);
        long warm = server.Memory;
        await GoThroughAsync(server, directory, rounds - (rounds / 4));
        await Task.Delay(Quiet);
        return (warm, server.Memory);
    }

    private static async Task GoThroughAsync(ServerProcess server, SampleDirectory directory, int rounds)
    {
        var tabs = new Queue<CircuitClient>();
        for (int i = 0; i < rounds; i++)
        {
            directory.Change();
            await server.SyncAsync();
            foreach (string page in Pages)
            {
                await server.Http.GetByteArrayAsync(new Uri(page, UriKind.Relative));
            }

            tabs.Enqueue(await CircuitClient.OpenAsync(server.Address, Pages[i % Pages.Length], server.Http));
            if (tabs.FirstOrDefault(t => t.Error is not null) is { } failed)
            {
                throw new InvalidOperationException($"A tab failed: {failed.Error}");
            }

            if (tabs.Count > OpenTabs)
            {
                await tabs.Dequeue().CloseAsync();
            }
        }

        foreach (CircuitClient tab in tabs)
        {
            await tab.CloseAsync();
        }
    }
}
