using System.Text.Json;
using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Sync;

/// <summary>
/// Makes ready what a full sync reads and writes its documents with. The framework's generic code for dates, amounts and optional numbers is in no
/// precompiled file: it is compiled at its first use, which would be in one step after the other. Here that happens on another core, while this one
/// still reads the configuration.
/// </summary>
public static class SyncPreparation
{
    /// <summary>Begins with it; returns at once. Nothing has to wait for its end.</summary>
    public static void Start()
    {
        if (Environment.ProcessorCount > 1)
        {
            _ = Beside.Run(Run);
        }
    }

    /// <summary>Reads and writes a small document of each kind in memory.</summary>
    internal static void Run()
    {
        Use(SyncDocuments.Status, """
            {"lastSync":"2026-01-01T00:00:00Z","nextSync":"2026-01-01T00:00:00Z","steps":[{"name":"a","status":"a","sources":[{"name":"a","status":"a"}]}],
            "recentRuns":[{"startedAt":"2026-01-01T00:00:00Z","status":"a","steps":[{"name":"a","status":"a"}]}],"running":{"trigger":"a","startedAt":"2026-01-01T00:00:00Z"}}
            """);
        Use(ProjectDocuments.Projects, """[{"id":"a","name":"a","status":"active","path":"/a","missing":true,"reasons":["a"],"auto":{"name":"a"}}]""");
        Use(ProjectDocuments.Facts, """{"projects":{"a":{"id":"a","firstCommit":"2026-01-01","commitsPerDay":[1]}}}""");
        Use(AlertJson.State, """{"month":"2026-01","conditions":[]}""");
        Use(QualityCache.Document, """{"version":1}""");
    }

    private static void Use<T>(DocumentType<T> type, string sample)
        where T : class
    {
        T value = JsonSerializer.Deserialize(sample, type.Json)!;
        type.Validator?.Validate(value);
        DocumentJson.Serialize(value, type.Json);
    }
}
