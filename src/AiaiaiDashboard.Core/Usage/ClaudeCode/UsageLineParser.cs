using System.Runtime.CompilerServices;
using System.Text.Json;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>
/// Reads what counts out of one line, token by token, so that a line too long to be held can be fed in pieces. The raw input looks like
/// <c>{"cwd":"/w","sessionId":"..","message":{"id":"msg_1","model":"claude-..","usage":{"input_tokens":10,..}},"requestId":"req_1","timestamp":".."}</c>.
/// One per reader; not thread-safe.
/// </summary>
internal sealed class UsageLineParser
{
    /// <summary>Deepest nesting that is accepted (R7 asks for 1,000).</summary>
    public const int MaxDepth = 100_000;

    /// <summary>Iterations kept per line, against a line made of them; real lines have a handful.</summary>
    private const int MaxIterations = 100_000;

    private readonly LinePlace[] places = new LinePlace[16];
    private readonly byte[] levels = new byte[MaxDepth];
    private readonly CaptureBuffer captures = new();
    private int depth;
    private int skipped;
    private LineField field;
    private bool inNested;
    private int iterationIndex;
    private IterationCapture iteration = new();
    private long inputStart;

    /// <summary>The line's own <c>message</c>, request id, time stamp and cost.</summary>
    public MessageCapture Own { get; } = new();

    /// <summary>The call nested in a progress line (R9).</summary>
    public MessageCapture Nested { get; } = new();

    public Captured SessionId { get; private set; }

    public Captured Cwd { get; private set; }

    /// <summary>Version of Claude Code; counts nowhere, tells which versions left output out.</summary>
    public Captured Version { get; private set; }

    public bool IsSidechain { get; private set; }

    /// <summary>True once the whole object was read.</summary>
    public bool IsComplete { get; private set; }

    private MessageCapture Current => inNested ? Nested : Own;

    /// <summary>Prepares for the next line.</summary>
    public void Begin()
    {
        Own.Reset();
        Nested.Reset();
        SessionId = default;
        Cwd = default;
        Version = default;
        IsSidechain = false;
        IsComplete = false;
        captures.Clear();
        depth = 0;
        skipped = 0;
        field = LineField.None;
        inNested = false;
    }

    /// <summary>Bytes of a captured string.</summary>
    public ReadOnlySpan<byte> Bytes(Captured captured) => captures.Bytes(captured);

    /// <summary>Reads a whole line.</summary>
    /// <param name="line">The line, trimmed.</param>
    /// <returns>False when it is not JSON.</returns>
    public bool Read(ReadOnlySpan<byte> line)
    {
        var json = new JsonScanner(line, levels);
        while (json.Read(out JsonToken token))
        {
            // What does not matter is passed over at once.
            if (!Take(token) && json.Skip(out token))
            {
                Close(token);
            }
        }

        return !json.IsBad;
    }

    /// <summary>Takes in every token the reader has of a line that comes in pieces.</summary>
    /// <param name="reader">Stands before the line, or before its next piece.</param>
    /// <exception cref="JsonException">The line is not JSON.</exception>
    public void Consume(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            Take(JsonToken.Of(ref reader));
        }
    }

    /// <summary>Takes in a token. False when it opens something that does not matter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Take(in JsonToken token)
    {
        switch (token.Type)
        {
            case JsonTokenType.PropertyName:
                if (skipped == 0)
                {
                    field = LineFields.Identify(places[depth - 1], token);
                }

                return true;
            case JsonTokenType.StartObject:
            case JsonTokenType.StartArray:
                return Open(token);
            case JsonTokenType.EndObject:
            case JsonTokenType.EndArray:
                Close(token);
                return true;
            default:
                if (skipped == 0 && depth > 0 && (field != LineField.None || places[depth - 1] == LinePlace.Iterations))
                {
                    Value(token);
                }

                return true;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Open(in JsonToken token)
    {
        if (skipped > 0 || !TryEnter(token, out LinePlace place))
        {
            skipped++;
            return false;
        }

        places[depth++] = place;
        field = LineField.None;
        return true;
    }

    private bool TryEnter(in JsonToken token, out LinePlace place)
    {
        bool isObject = token.Type == JsonTokenType.StartObject;
        place = LinePlace.Root;
        if (depth == 0)
        {
            return isObject;
        }

        switch (places[depth - 1], field, isObject)
        {
            case (LinePlace.Root, LineField.Message, _):
                Own.ResetMessage();
                place = LinePlace.Message;
                return isObject;
            case (LinePlace.Root, LineField.Data, _):
                Nested.Reset();
                place = LinePlace.Data;
                return isObject;
            case (LinePlace.Data, LineField.Message, _):
                Nested.Reset();
                place = LinePlace.DataMessage;
                return isObject;
            case (LinePlace.DataMessage, LineField.Message, _):
                Nested.ResetMessage();
                place = LinePlace.NestedMessage;
                return isObject;
            case (LinePlace.Message or LinePlace.NestedMessage, LineField.Usage, _):
                inNested = places[depth - 1] == LinePlace.NestedMessage;
                Current.ResetUsage();
                Current.HasUsage = isObject;
                place = LinePlace.Usage;
                return isObject;
            case (LinePlace.Message or LinePlace.NestedMessage, LineField.Content, false):
                inNested = places[depth - 1] == LinePlace.NestedMessage;
                Current.VisibleCharacters = 0;
                place = LinePlace.Content;
                return true;
            case (LinePlace.Content, _, true):
                place = LinePlace.ContentBlock;
                return true;
            case (LinePlace.ContentBlock, LineField.Input, true):
                inputStart = token.End;
                return false;
            case (LinePlace.Usage or LinePlace.Iteration, LineField.CacheCreation, _):
                ClearSplit();
                place = LinePlace.CacheCreation;
                return isObject;
            case (LinePlace.Usage or LinePlace.Iteration, LineField.ServerToolUse, _):
                Target.WebSearches = default;
                place = LinePlace.ServerToolUse;
                return isObject;
            case (LinePlace.Usage, LineField.Iterations, _):
                Current.Iterations.Clear();
                iterationIndex = 0;
                place = LinePlace.Iterations;
                return !isObject;
            case (LinePlace.Iterations, _, true):
                iteration = new IterationCapture { Position = iterationIndex++ };
                place = LinePlace.Iteration;
                return true;
            case (LinePlace.Iterations, _, false):
                iterationIndex++;
                return false;
            default:
                // A counter that is an object or an array: Value's rule for anything but numbers.
                if (LineFields.IsCounter(field))
                {
                    Target.Set(field, new TokenCount { Bad = true });
                }
                else
                {
                    Forget();
                }

                return false;
        }
    }

    private void Close(in JsonToken token)
    {
        if (skipped > 0)
        {
            if (--skipped == 0 && depth > 0 && places[depth - 1] == LinePlace.ContentBlock && field == LineField.Input)
            {
                Current.VisibleCharacters += Math.Max(0, token.End - inputStart);
            }
        }
        else
        {
            depth--;
            if (places[depth] == LinePlace.Iteration && Current.Iterations.Count < MaxIterations)
            {
                Current.Iterations.Add(iteration);
            }
        }

        field = depth > 0 && skipped > 0 ? field : LineField.None;
        IsComplete = depth == 0 && skipped == 0;
    }

    private void Value(in JsonToken token)
    {
        LinePlace place = places[depth - 1];
        if (place == LinePlace.Iterations)
        {
            iterationIndex++;
            return;
        }

        if (LineFields.IsCounter(field))
        {
            Target.Set(field, LineValues.Count(token));
            return;
        }

        if (token.Type != JsonTokenType.String)
        {
            Scalar(place, token);
            return;
        }

        switch (field)
        {
            case LineField.Timestamp: Outer(place).Timestamp = captures.Add(token); break;
            case LineField.RequestId: Outer(place).RequestId = captures.Add(token); break;
            case LineField.SessionId: SessionId = captures.Add(token); break;
            case LineField.Cwd: Cwd = captures.Add(token); break;
            case LineField.Version: Version = captures.Add(token); break;
            case LineField.Id: Outer(place).Id = captures.Add(token); break;
            case LineField.Model when place == LinePlace.Iteration: iteration.Model = captures.Add(token); break;
            case LineField.Model: Outer(place).Model = captures.Add(token); break;
            case LineField.Type: iteration.Kind = LineValues.Kind(token); break;
            case LineField.Text: Current.VisibleCharacters += token.Value.Length; break;
            case LineField.Speed: Target.Fast = JsonText.Is(token, "fast"u8); break;
            case LineField.InferenceGeo: Target.Us = JsonText.Is(token, "us"u8); break;
            case LineField.ServiceTier: Target.Batch = JsonText.Is(token, "batch"u8); break;
            default: Forget(); break;
        }
    }

    private void Scalar(LinePlace place, in JsonToken token)
    {
        if (field == LineField.IsSidechain)
        {
            IsSidechain = token.Type == JsonTokenType.True;
        }
        else if (field == LineField.CostUsd)
        {
            MessageCapture outer = Outer(place);
            outer.HasCost = LineValues.TryCost(token, out decimal cost);
            outer.Cost = cost;
        }
        else
        {
            Forget();
        }
    }

    /// <summary>A property that came again with a value of another kind: what was read before no longer counts (R7).</summary>
    private void Forget()
    {
        LinePlace place = places[depth - 1];
        switch (field)
        {
            case LineField.Message when place == LinePlace.Root: Own.ResetMessage(); break;
            case LineField.Message when place == LinePlace.Data: Nested.Reset(); break;
            case LineField.Message: Nested.ResetMessage(); break;
            case LineField.Data: Nested.Reset(); break;
            case LineField.Usage: Outer(place).ResetUsage(); break;
            case LineField.Timestamp: Outer(place).Timestamp = default; break;
            case LineField.RequestId: Outer(place).RequestId = default; break;
            case LineField.CostUsd: Outer(place).HasCost = false; break;
            case LineField.SessionId: SessionId = default; break;
            case LineField.Cwd: Cwd = default; break;
            case LineField.Version: Version = default; break;
            case LineField.IsSidechain: IsSidechain = false; break;
            case LineField.Id: Outer(place).Id = default; break;
            case LineField.Model when place == LinePlace.Iteration: iteration.Model = default; break;
            case LineField.Model: Outer(place).Model = default; break;
            case LineField.Type: iteration.Kind = IterationKind.Other; break;
            case LineField.CacheCreation: ClearSplit(); break;
            case LineField.ServerToolUse: Target.WebSearches = default; break;
            case LineField.Iterations: Current.Iterations.Clear(); break;
            case LineField.Speed: Target.Fast = false; break;
            case LineField.InferenceGeo: Target.Us = false; break;
            case LineField.ServiceTier: Target.Batch = false; break;
            default: break;
        }
    }

    private MessageCapture Outer(LinePlace place) => place is LinePlace.Root or LinePlace.Message ? Own : Nested;

    /// <summary>The usage object at hand: the message's, or the one of an iteration.</summary>
    private ref UsageCapture Target
    {
        get
        {
            for (int d = depth - 1; d >= 0; d--)
            {
                if (places[d] == LinePlace.Iteration)
                {
                    return ref iteration.Usage;
                }
            }

            return ref Current.Usage;
        }
    }

    private void ClearSplit()
    {
        Target.Ephemeral5m = default;
        Target.Ephemeral1h = default;
    }
}
