using System.Globalization;

namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>The lines of a text report, one at a time, in bounded memory.</summary>
internal sealed class ReportLines(Stream stream)
{
    /// <summary>Longest line, bytes.</summary>
    public const int MaxLineBytes = 64 * 1024;

    private readonly byte[] buffer = new byte[MaxLineBytes * 2];
    private int start;
    private int end;
    private bool ended;

    /// <summary>1-based number of the line read last.</summary>
    public int Number { get; private set; }

    /// <summary>Reads the next line; false at the end. The line is valid until the next call.</summary>
    /// <exception cref="InvalidDataException">A line is too long.</exception>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            int newline = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (newline >= 0 || (ended && end > start))
            {
                line = buffer.AsSpan(start, newline >= 0 ? newline : end - start).TrimEnd((byte)'\r');
                start = newline >= 0 ? start + newline + 1 : end;
                Number++;
                return true;
            }

            if (ended)
            {
                line = default;
                return false;
            }

            Fill();
        }
    }

    /// <summary>A failure at the line read last.</summary>
    public InvalidDataException Wrong(string what) => new(string.Create(CultureInfo.InvariantCulture, $"line {Number}: {what}"));

    private void Fill()
    {
        if (end - start > MaxLineBytes)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"line {Number + 1} is longer than 64 KB."));
        }

        buffer.AsSpan(start, end - start).CopyTo(buffer);
        end -= start;
        start = 0;
        int read = stream.Read(buffer, end, buffer.Length - end);
        ended = read == 0;
        end += read;
    }
}
