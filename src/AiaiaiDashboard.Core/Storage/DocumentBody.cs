namespace AiaiaiDashboard.Core.Storage;

/// <summary>Reads documents that come from elsewhere than a file, by the same rules and with the same words.</summary>
public static class DocumentBody
{
    /// <summary>Parses and validates. Never throws for what the bytes hold.</summary>
    /// <param name="type">What it should be.</param>
    /// <param name="bytes">UTF-8 JSON.</param>
    public static DocumentRead<T> Read<T>(DocumentType<T> type, ReadOnlyMemory<byte> bytes)
        where T : class => DocumentReader.Parse(type, bytes, "");
}
