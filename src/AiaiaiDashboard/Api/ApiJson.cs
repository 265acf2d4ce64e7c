using System.Text.Json.Serialization;
using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Api;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<ProjectSummary>))]
[JsonSerializable(typeof(ProjectPatch))]
internal sealed partial class ApiJson : JsonSerializerContext;
