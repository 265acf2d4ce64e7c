namespace AiaiaiDashboard.Core.Storage;

/// <summary>Gets one line of a log, without its line end.</summary>
/// <param name="line">The bytes; valid during the call only.</param>
/// <param name="lineNumber">1-based.</param>
/// <param name="offset">Byte offset of the line in the file.</param>
/// <remarks>
/// A line that cannot be used is refused by throwing <see cref="System.Text.Json.JsonException"/>, <see cref="FormatException"/>, <see cref="InvalidDataException"/>,
/// <see cref="OverflowException"/>, or what JSON readers throw for a value of the wrong type or a missing one (<see cref="InvalidOperationException"/>,
/// <see cref="KeyNotFoundException"/>): it is counted and reported, and reading goes on.
/// </remarks>
public delegate void LogLineReader(ReadOnlySpan<byte> line, long lineNumber, long offset);

/// <summary>Tells the key of a line; refuses it as <see cref="LogLineReader"/> does.</summary>
public delegate TKey LogKeyReader<out TKey>(ReadOnlySpan<byte> line)
    where TKey : notnull;

/// <summary>What reading a log met.</summary>
public sealed record LogReport
{
    /// <summary>Bound of <see cref="Problems"/>.</summary>
    public const int MaxProblems = 20;

    /// <summary>Lines that were read.</summary>
    public long Lines { get; init; }

    /// <summary>Lines that could not be used; they stay in the file.</summary>
    public long BadLines { get; init; }

    /// <summary>The first <see cref="MaxProblems"/> bad lines, with line and byte offset.</summary>
    public IReadOnlyList<FileProblem> Problems { get; init; } = [];

    /// <summary>True where the file ends in a part of a line: a writer is at work, or was killed. <see cref="JsonlLog.Recover"/> tells them apart by the lock.</summary>
    public bool HasTornTail => TornLine is not null;

    /// <summary>The 1-based line of that part; null where there is none.</summary>
    public long? TornLine { get; init; }
}

/// <summary>What recovering a log did.</summary>
/// <param name="Repaired">Whether the file was changed.</param>
/// <param name="BytesCut">Bytes of an incomplete last line that were cut.</param>
/// <param name="KeptAs">Copy of the damaged file; null where nothing was cut.</param>
/// <param name="Problem">What to tell people; null where nothing was cut.</param>
public sealed record LogRecovery(bool Repaired, long BytesCut, string? KeptAs, FileProblem? Problem)
{
    /// <summary>The log was in order.</summary>
    public static readonly LogRecovery Nothing = new(false, 0, null, null);
}

/// <summary>What compacting a log did.</summary>
/// <param name="Rewritten">Whether the file was replaced; false when nothing was superseded.</param>
/// <param name="Kept">Lines that are in it now, bad ones included.</param>
/// <param name="Dropped">Superseded lines that are gone.</param>
public sealed record LogCompaction(bool Rewritten, long Kept, long Dropped);
