namespace AiaiaiDashboard.Benchmarks.Ingest.Transcripts;

/// <summary>
/// Lines as they are in the wild: a prompt, then calls and the results of their tools, some lines of other kinds between them. By bytes, 77 % are
/// user lines (mostly results of tools), 17 % assistant lines, 5 % progress.
/// </summary>
/// <param name="place">Where and when.</param>
/// <param name="random">Decides.</param>
/// <param name="pool">Text.</param>
/// <param name="replays">Gets lines for later sessions to repeat.</param>
internal sealed class RealSession(SessionPlace place, SeededRandom random, TextPool pool, ReplayedLines replays) : TranscriptSession(place, random, pool)
{
    private static readonly string[] Tools = ["Read", "Bash", "Edit", "Grep", "Write", "Task"];

    private readonly int contextLimit = place.Era.Shape >= LineShape.Geography ? 560_000 : 180_000;
    private int context = random.Between(12_000, 30_000);
    private string parent = "null";

    protected override void WriteTurn(TranscriptOutput output)
    {
        Pass(500, 300_000);
        Begin().Line.Append(",\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"").Append(Pool.Text(MeasuredSizes.Text.Draw(Random))).Append("\"}");
        End(output, isParent: true);
        for (int calls = Random.Between(1, 40); calls > 0 && !output.IsFull; calls--)
        {
            string tool = WriteCall(output);
            WriteToolResult(output, tool);
            if (Random.Chance(.35))
            {
                WriteOther(output);
            }
        }
    }

    /// <summary>One call: a line per block of content, all with the ids and the usage, the output growing.</summary>
    private string WriteCall(TranscriptOutput output)
    {
        context = Math.Min(context + Random.Between(200, 4000), contextLimit);
        LineShape shape = Place.Era.Shape;
        bool fast = shape == LineShape.Iterations && Random.Chance(.03);
        var usage = new CallUsage(Random.Between(0, 9), MeasuredSizes.Output.Draw(Random), Math.Min(MeasuredSizes.CacheRead.Draw(Random), context), MeasuredSizes.CacheWrite.Draw(Random), OneHour, fast);
        string message = MessageId();
        string request = RequestId();
        string tool = $"toolu_01{Random.Base58(22)}";
        for (int left = Random.Pick(MeasuredSizes.LinesPerCall); left > 0; left--)
        {
            Pass(200, 9000);
            bool isLast = left == 1;
            Begin().Line.Append(Invariant, $",\"message\":{{\"model\":\"{Model}\",\"id\":\"{message}\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[");
            WriteBlock(isLast ? tool : null);
            Line.Append(Invariant, $"],\"stop_reason\":{(isLast && shape == LineShape.Iterations ? "\"tool_use\"" : "null")},\"stop_sequence\":null,");
            usage.Write(Line, shape, isLast || shape == LineShape.Plain ? usage.Output : Random.Between(1, 30));
            Line.Append(Invariant, $"}},\"requestId\":\"{request}\",\"type\":\"assistant\"");
            End(output, isParent: true);
            if (isLast)
            {
                replays.Offer(Line);
            }
        }

        return tool;
    }

    private void WriteBlock(string? tool)
    {
        if (tool is not null)
        {
            Line.Append(Invariant, $"{{\"type\":\"tool_use\",\"id\":\"{tool}\",\"name\":\"{Random.Pick(Tools)}\",\"input\":{{\"file_path\":\"{Place.Directory}/src/x.cs\",\"command\":\"")
                .Append(Pool.Text(Random.Between(20, 300))).Append("\"}}");
        }
        else if (Random.Chance(.1))
        {
            Line.Append("{\"type\":\"thinking\",\"thinking\":\"").Append(Pool.Text(Random.Between(100, 2500)))
                .Append("\",\"signature\":\"").Append(Pool.Base64(Random.Between(200, 900))).Append("\"}");
        }
        else
        {
            Line.Append("{\"type\":\"text\",\"text\":\"").Append(Pool.Text(MeasuredSizes.Text.Draw(Random))).Append("\"}");
        }
    }

    /// <summary>The result twice, once for the model and once for the program; sometimes an image.</summary>
    private void WriteToolResult(TranscriptOutput output, string tool)
    {
        const int Around = 800;
        Pass(30, 20_000);
        int size = Math.Max(100, MeasuredSizes.ToolResult.Draw(Random) - Around);
        Begin().Line.Append(Invariant, $",\"type\":\"user\",\"message\":{{\"role\":\"user\",\"content\":[{{\"tool_use_id\":\"{tool}\",\"type\":\"tool_result\",\"content\":");
        if (size > 8000 && Random.Chance(.03))
        {
            Line.Append("[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"").Append(Pool.Base64(size))
                .Append("\"}}]}]},\"toolUseResult\":{\"type\":\"image\"}");
        }
        else
        {
            ReadOnlySpan<char> body = Pool.Text(size / 2);
            bool isFile = Random.Chance(.5);
            Line.Append('"').Append(body).Append("\"}]},\"toolUseResult\":")
                .Append(isFile ? $"{{\"type\":\"text\",\"file\":{{\"filePath\":\"{Place.Directory}/src/a.cs\",\"content\":\"" : "{\"stdout\":\"")
                .Append(body).Append(isFile ? "\",\"numLines\":40,\"startLine\":1,\"totalLines\":40}}" : "\",\"stderr\":\"\",\"interrupted\":false,\"isImage\":false}");
        }

        End(output, isParent: true);
    }

    private void WriteOther(TranscriptOutput output)
    {
        Pass(1, 400);
        double kind = Random.Fraction();
        if (kind < .3)
        {
            output.Write(Line.Clear().Append(Invariant, $"{{\"type\":\"file-history-snapshot\",\"messageId\":\"{Random.Uuid()}\",\"snapshot\":{{\"trackedFileBackups\":{{\"src/{Pool.Word()}.cs\":{{\"version\":1}}}},\"timestamp\":\"{Timestamp}\"}},\"isSnapshotUpdate\":false}}"));
            return;
        }

        if (kind < .5)
        {
            output.Write(Line.Clear().Append(Invariant, $"{{\"type\":\"queue-operation\",\"operation\":\"enqueue\",\"timestamp\":\"{Timestamp}\",\"sessionId\":\"{Place.Id}\"}}"));
            return;
        }

        Begin();
        if (kind < .54)
        {
            Line.Append(Invariant, $",\"type\":\"assistant\",\"message\":{{\"id\":\"{Random.Uuid()}\",\"model\":\"<synthetic>\",\"role\":\"assistant\",\"type\":\"message\",")
                .Append("\"usage\":{\"input_tokens\":0,\"output_tokens\":0,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0},\"content\":[{\"type\":\"text\",\"text\":\"API Error: Overloaded\"}]},\"isApiErrorMessage\":true");
        }
        else if (kind < .6)
        {
            Line.Append(",\"type\":\"system\",\"subtype\":\"turn_duration\",\"content\":\"").Append(Pool.Text(60)).Append("\",\"isMeta\":false,\"level\":\"info\"");
        }
        else if (kind < .97 || !Place.Era.HasAgentFiles)
        {
            Line.Append(",\"type\":\"progress\",\"data\":{\"type\":\"bash_progress\",\"output\":\"").Append(Pool.Text(Random.Between(50, 9500)))
                .Append(Invariant, $"\",\"elapsedTimeSeconds\":3,\"totalLines\":4}},\"parentToolUseID\":\"toolu_01{Random.Base58(22)}\"");
        }
        else
        {
            WriteAgentProgress();
        }

        End(output, isParent: false);
    }

    /// <summary>A call of a subagent that only the progress of its parent shows.</summary>
    private void WriteAgentProgress()
    {
        var usage = new CallUsage(3, Random.Between(5, 300), MeasuredSizes.CacheRead.Draw(Random) / 2, MeasuredSizes.CacheWrite.Draw(Random), OneHour: false, Fast: false);
        Line.Append(Invariant, $",\"type\":\"progress\",\"data\":{{\"message\":{{\"type\":\"assistant\",\"timestamp\":\"{Timestamp}\",\"message\":{{\"model\":\"{Place.Era.SmallModel}\",\"id\":\"{MessageId()}\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[{{\"type\":\"text\",\"text\":\"")
            .Append(Pool.Text(200)).Append("\"}],");
        usage.Write(Line, Place.Era.Shape, usage.Output);
        Line.Append(Invariant, $"}},\"requestId\":\"{RequestId()}\",\"uuid\":\"{Random.Uuid()}\"}},\"type\":\"agent_progress\",\"prompt\":\"\",\"agentId\":\"{Random.Hex(7)}\"}},\"toolUseID\":\"agent_msg_01\"");
    }

    private RealSession Begin()
    {
        Line.Clear().Append(Invariant, $"{{\"parentUuid\":{parent},\"isSidechain\":{(Place.Agent is null ? "false" : "true")}");
        if (Place.Era.Shape < LineShape.Geography)
        {
            WriteProgram();
        }

        if (Place.Agent is not null)
        {
            Line.Append(Invariant, $",\"agentId\":\"{Place.Agent}\"");
        }

        return this;
    }

    private void End(TranscriptOutput output, bool isParent)
    {
        string id = Random.Uuid();
        Line.Append(Invariant, $",\"uuid\":\"{id}\",\"timestamp\":\"{Timestamp}\"");
        if (Place.Era.Shape >= LineShape.Geography)
        {
            WriteProgram();
        }

        parent = isParent ? $"\"{id}\"" : parent;
        output.Write(Line.Append('}'));
    }

    private void WriteProgram() =>
        Line.Append(Invariant, $",\"userType\":\"external\",\"cwd\":\"{Place.Directory}\",\"sessionId\":\"{Place.Id}\",\"version\":\"{Version}\",\"gitBranch\":\"{Place.Branch}\"");
}
