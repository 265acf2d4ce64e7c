namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>A bit per index, none of them set at first; it grows with the highest that is.</summary>
/// <param name="expected">Bits to make room for.</param>
internal sealed class BitList(int expected)
{
    private ulong[] words = new ulong[(expected / 64) + 1];

    /// <summary>Whether a bit is set.</summary>
    public bool Contains(int index) => index >> 6 < words.Length && (words[index >> 6] & (1UL << (index & 63))) != 0;

    /// <summary>Sets a bit.</summary>
    public void Add(int index)
    {
        if (index >> 6 >= words.Length)
        {
            var larger = new ulong[Math.Max(words.Length * 2, (index >> 6) + 1)];
            Array.Copy(words, larger, words.Length);
            words = larger;
        }

        words[index >> 6] |= 1UL << (index & 63);
    }
}
