using System.Text;
using System.Text.Json;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>A document with some of its text replaced, and otherwise byte for byte what it was.</summary>
/// <param name="document">UTF-8.</param>
internal sealed class JsonPatch(byte[] document)
{
    private readonly List<Change> changes = [];

    /// <summary>Replaces what stands in a place.</summary>
    /// <param name="place">May be empty, to insert; must not overlap any other.</param>
    /// <param name="text">JSON.</param>
    public void Replace(JsonPlace place, string text)
    {
        int at = changes.Count;
        while (at > 0 && changes[at - 1].Place.Start > place.Start)
        {
            at--;
        }

        changes.Insert(at, new Change(place, text));
    }

    /// <summary>The new document.</summary>
    public byte[] ToBytes()
    {
        using var output = new MemoryStream(document.Length + 1024);
        int done = 0;
        foreach (Change change in changes)
        {
            output.Write(document, done, change.Place.Start - done);
            output.Write(Encoding.UTF8.GetBytes(change.Text));
            done = change.Place.End;
        }

        output.Write(document, done, document.Length - done);
        return output.ToArray();
    }

    private sealed record Change(JsonPlace Place, string Text);
}

/// <summary>Where something stands in a document.</summary>
/// <param name="Start">Position of its first byte.</param>
/// <param name="End">Position behind its last.</param>
internal sealed record JsonPlace(int Start, int End)
{
    /// <summary>Where a string, with its quotes, or a number stands.</summary>
    public static JsonPlace Of(in JsonToken token)
    {
        int length = token.Value.Length + (token.Type == JsonTokenType.String ? 2 : 0);
        return new JsonPlace((int)token.End - length, (int)token.End);
    }
}
