#pragma warning disable CS1591, CA1822, CA1002, CA2227, CA1801, IDE0060
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using FluentValidation;

namespace AiaiaiDashboard.Core.Storage
{
    public sealed class DataDirectory(string root)
    {
        public string Root => root;
        public string PathOf(string relative) => Path.Combine(root, relative);
        public void EnsureCreated() => Directory.CreateDirectory(root);
    }

    public static class DataFiles
    {
        public const string Alerts = "config/alerts.json", Sync = "config/sync.json", Sources = "config/sources.json";
        public const string Projects = "projects.json", Tokens = "tokens.json", Quality = "quality.json", Analytics = "analytics.json";
        public const string SyncStatus = "sync-status.json", Lock = ".lock";
    }

    public static class DocumentJson
    {
        public static JsonTypeInfo<T> TypeInfo<T>(IJsonTypeInfoResolver context) => (JsonTypeInfo<T>)new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            WriteIndented = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        }.GetTypeInfo(typeof(T));
    }

    public enum DocumentKind { Person, Derived }

    public sealed record DocumentType<T>(string Name, JsonTypeInfo<T> Json, DocumentKind Kind, IValidator<T>? Validator = null) where T : class;

    public sealed record DocumentRead<T>(T? Value, bool Exists, FileProblem? Problem) where T : class;

    public sealed class DocumentStore(DataDirectory directory)
    {
        public DataDirectory Directory => directory;

        public DocumentRead<T> Read<T>(DocumentType<T> type) where T : class
        {
            string path = directory.PathOf(type.Name);
            return File.Exists(path) ? new(JsonSerializer.Deserialize(File.ReadAllBytes(path), type.Json), true, null) : new(null, false, null);
        }

        public async Task<bool> WriteAsync<T>(DocumentType<T> type, T value, CancellationToken ct = default) where T : class
        {
            byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(value, type.Json);
            string path = directory.PathOf(type.Name);
            if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
            {
                return false;
            }

            await File.WriteAllBytesAsync(path, bytes, ct);
            return true;
        }

        public async Task<T> UpdateAsync<T>(DocumentType<T> type, Func<T?, T> change, CancellationToken ct = default) where T : class
        {
            T value = change(Read(type).Value);
            await WriteAsync(type, value, ct);
            return value;
        }
    }
}

namespace AiaiaiDashboard.Core.Storage
{
    public sealed record LockHolder(int Pid, string? Address, string? Key);

    public sealed class DataDirectoryLock
    {
        public static LockHolder? ReadHolder(DataDirectory directory) => null;
    }
}

namespace AiaiaiDashboard.Core.Settings
{
    public sealed record DashboardConfig(AlertsConfig Alerts, SyncConfig Sync, SourcesConfig Sources, IReadOnlyList<FileProblem> Problems)
    {
        public static DashboardConfig Load(DocumentStore store, DashboardConfig? lastGood) => lastGood ?? new(new(), new(), new(), []);
    }
}

namespace AiaiaiDashboard.Core.Projects
{
    public sealed class ProjectList : List<string>;

    public static class ProjectDocuments
    {
        public static readonly DocumentType<ProjectList> Projects = new(DataFiles.Projects, (JsonTypeInfo<ProjectList>)JsonSerializerOptions.Default.GetTypeInfo(typeof(ProjectList)), DocumentKind.Person);
    }

    public sealed class ProjectScan;

    public sealed class ProjectCatalogue(ProjectList list)
    {
        public ProjectList ToList() => list;
    }
}
