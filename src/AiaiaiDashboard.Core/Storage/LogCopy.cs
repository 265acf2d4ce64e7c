namespace AiaiaiDashboard.Core.Storage;

/// <summary>Copies a log byte for byte without some of its lines.</summary>
internal static class LogCopy
{
    private const int BufferBytes = 256 * 1024;

    /// <summary>Copies <paramref name="source"/> except the lines that begin at <paramref name="left"/>.</summary>
    /// <param name="source">At its beginning; ends with a newline.</param>
    /// <param name="output">Gets the rest.</param>
    /// <param name="left">Offsets of the lines to leave out.</param>
    public static void Without(Stream source, Stream output, IReadOnlySet<long> left)
    {
        byte[] buffer = new byte[BufferBytes];
        long position = 0;
        bool skip = left.Contains(0);
        int count;
        while ((count = source.Read(buffer, 0, buffer.Length)) > 0)
        {
            int start = 0;
            while (start < count)
            {
                int newline = buffer.AsSpan(start, count - start).IndexOf((byte)'\n');
                int end = newline < 0 ? count : start + newline + 1;
                if (!skip)
                {
                    output.Write(buffer, start, end - start);
                }

                position += end - start;
                start = end;
                if (newline >= 0)
                {
                    skip = left.Contains(position);
                }
            }
        }
    }
}
