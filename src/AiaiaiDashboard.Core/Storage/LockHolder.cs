using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>Who holds a data directory, as <c>.lock</c> says.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="Address">Base address of its web server; null when it has none (yet).</param>
/// <param name="Key">What a process of the same user shows to that server to ask for a sync; null when there is none.</param>
public sealed record LockHolder(int Pid, string? Address, string? Key);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LockHolder))]
internal sealed partial class LockJsonContext : JsonSerializerContext;

/// <summary>Another process holds the data directory.</summary>
/// <param name="message">Names the directory and the holder.</param>
/// <param name="holder">Who; null when it cannot be told.</param>
public sealed class DataDirectoryInUseException(string message, LockHolder? holder) : IOException(message)
{
    /// <summary>Who holds it; null when it cannot be told (it has only just started, or is of another version).</summary>
    public LockHolder? Holder { get; } = holder;
}
