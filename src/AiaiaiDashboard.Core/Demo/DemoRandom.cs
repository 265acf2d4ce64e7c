namespace AiaiaiDashboard.Core.Demo;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every platform and every version of the runtime, which the runtime's own generator
/// does not promise.
/// </summary>
/// <param name="seed">Start; different seeds give unrelated sequences.</param>
internal sealed class DemoRandom(ulong seed)
{
    private ulong state = seed;

    /// <summary>A generator for one purpose on one day.</summary>
    public static DemoRandom For(string purpose, DateOnly day)
    {
        // FNV-1a: string.GetHashCode differs from process to process.
        ulong hash = 14695981039346656037;
        foreach (char c in purpose)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        return new DemoRandom(hash ^ ((ulong)day.DayNumber * 0x9E3779B97F4A7C15));
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from <paramref name="low"/> up to, without, <paramref name="high"/>.</summary>
    public double Between(double low, double high) => low + ((high - low) * ((Next() >> 11) / 9007199254740992.0));

    /// <summary>True with the given probability.</summary>
    public bool Chance(double probability) => Between(0, 1) < probability;

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Whole(int low, int high) => low + (int)(Next() % (ulong)(high - low + 1));
}
