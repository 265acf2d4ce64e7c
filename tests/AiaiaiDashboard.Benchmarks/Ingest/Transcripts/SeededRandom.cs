namespace AiaiaiDashboard.Benchmarks.Ingest.Transcripts;

/// <summary>Numbers that are the same for a seed on every platform and runtime (SplitMix64).</summary>
internal sealed class SeededRandom(ulong seed)
{
    private const string HexDigits = "0123456789abcdef";
    private const string Base58Digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    private ulong state = seed;

    /// <summary>From 0 up to, not including, 1.</summary>
    public double Fraction() => (Next() >> 11) / (double)(1UL << 53);

    /// <summary>From <paramref name="low"/> up to, not including, <paramref name="high"/>.</summary>
    public int Between(int low, int high) => low + (int)(Fraction() * (high - low));

    /// <summary>True so often, 0 to 1.</summary>
    public bool Chance(double share) => Fraction() < share;

    /// <summary>Any of them, each as likely as the others.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Between(0, items.Count)];

    /// <summary>Any of them, as likely as its weight says.</summary>
    public T Pick<T>(IReadOnlyList<(T Item, double Weight)> items)
    {
        double left = Fraction() * items.Sum(i => i.Weight);
        foreach ((T item, double weight) in items)
        {
            left -= weight;
            if (left < 0)
            {
                return item;
            }
        }

        return items[^1].Item;
    }

    public string Hex(int digits) => Digits(HexDigits, digits);

    public string Base58(int digits) => Digits(Base58Digits, digits);

    public string Uuid() => $"{Hex(8)}-{Hex(4)}-4{Hex(3)}-a{Hex(3)}-{Hex(12)}";

    private string Digits(string alphabet, int count) => string.Create(count, (this, alphabet), static (span, from) =>
    {
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = from.alphabet[from.Item1.Between(0, from.alphabet.Length)];
        }
    });

    private ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        ulong mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
