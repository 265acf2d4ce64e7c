using System.Globalization;
using System.Text.Json;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Benchmarks.Web;

/// <summary>A data directory with some projects and their usage of every day, the same in every run but for the day it ends on. No source is read.</summary>
internal sealed class SampleDirectory
{
    private static readonly string[] Models = ["claude-opus-4-5", "claude-sonnet-4-5", "claude-haiku-4-5"];

    private readonly DateOnly today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
    private int changes;

    /// <summary>Writes it.</summary>
    /// <param name="root">A folder that does not exist yet.</param>
    /// <param name="projects">Number of projects.</param>
    /// <param name="days">Days of usage up to today.</param>
    public SampleDirectory(string root, int projects, int days)
    {
        Data = new DataDirectory(root);
        Write(DataFiles.Sources, """{"projects":{"discoverFromUsage":false},"claudeCode":{"enabled":false}}""");
        Write(DataFiles.Sync, """{"timeZone":"UTC","cron":"0 0 1 1 *","missedRuns":"skip","watch":false}""");
        Write(DataFiles.Projects, JsonSerializer.Serialize(Enumerable.Range(0, projects).Select(i => new
        {
            id = $"project-{i}",
            name = $"Project {i}",
            client = $"Client {i % 9}",
            status = i % 7 == 6 ? "completed" : i % 5 == 4 ? "paused" : "active",
            progress = i * 13 % 101,
            deadline = today.AddDays(i % 60).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            stack = (string[])["C#", "TypeScript", "React"],
        })));
        UsageLedger.Load(Data, repair: true).Apply(Rows(projects, days));
        Change();
    }

    public DataDirectory Data { get; }

    /// <summary>Adds spend, by hand, that the next sync finds.</summary>
    public void Change()
    {
        changes++;
        Write(DataFiles.Tokens, JsonSerializer.Serialize(new
        {
            entries = new[]
            {
                new { date = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), project = "project-0", session = "manual", tokensIn = 1, tokensOut = 1, cost = changes + 0.25m, model = "manual" },
            },
        }));
    }

    private IEnumerable<UsageRow> Rows(int projects, int days)
    {
        for (int day = 0; day < days; day++)
        {
            for (int project = 0; project < projects; project++)
            {
                // Two projects of three are worked on, on a day.
                int seed = (day * 31) + (project * 17);
                if (seed % 3 == 0)
                {
                    continue;
                }

                var at = new DateTimeOffset(today.AddDays(-day), new TimeOnly(seed % 24, seed % 60), TimeSpan.Zero);
                decimal cost = 0.0012345m * (1 + (seed % 997));
                yield return new UsageRow
                {
                    Date = today.AddDays(-day),
                    Project = $"project-{project}",
                    Session = $"{project:x8}-{day:x4}",
                    Model = Models[seed % Models.Length],
                    Source = UsageSource.ClaudeCode,
                    Calls = 1 + (seed % 90),
                    TokensIn = seed % 7919,
                    TokensOut = 10L * seed % 104_729,
                    CacheWrite = 100L * seed % 1_299_709,
                    CacheRead = 1000L * seed % 15_485_863,
                    Cost = cost,
                    FirstAt = at,
                    LastAt = at.AddMinutes(20),
                    Hours = new SortedDictionary<string, decimal>(StringComparer.Ordinal) { [$"{at.Hour:00}"] = cost },
                };
            }
        }
    }

    private void Write(string name, string content)
    {
        string path = Data.PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
