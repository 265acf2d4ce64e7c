using System.Text;

namespace AiaiaiDashboard.Cli;

/// <summary>Opens a writer when it is first used: a command that has nothing to say, or not yet, does not wait for it.</summary>
/// <param name="open">Opens it; its writer is thread-safe.</param>
internal sealed class LateWriter(Func<TextWriter> open) : TextWriter
{
    private readonly Lazy<TextWriter> writer = new(open);

    /// <inheritdoc/>
    public override Encoding Encoding => writer.Value.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => writer.Value.Write(value);

    /// <inheritdoc/>
    public override void Write(string? value) => writer.Value.Write(value);

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => writer.Value.Write(buffer, index, count);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => writer.Value.Write(buffer);

    /// <inheritdoc/>
    public override void WriteLine(string? value) => writer.Value.WriteLine(value);

    /// <inheritdoc/>
    public override void Flush() => writer.Value.Flush();
}
