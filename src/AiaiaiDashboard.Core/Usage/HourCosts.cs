using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>
/// What a row cost by hour of the day: keys <c>"00"</c> to <c>"23"</c> in order, those that were set only. Of its own type, since code for the
/// framework's collections of decimals is compiled when a program runs, which takes a single sync longer than all its rows.
/// </summary>
internal sealed class HourCosts : IReadOnlyDictionary<string, decimal>
{
    private static readonly string[] Texts = MakeTexts();

    private readonly decimal[] costs = new decimal[Texts.Length];
    private int set;

    /// <summary>Hours that were set.</summary>
    public int Count => BitOperations.PopCount((uint)set);

    /// <inheritdoc/>
    public IEnumerable<string> Keys
    {
        get
        {
            for (int hour = 0; hour < costs.Length; hour++)
            {
                if (Has(hour))
                {
                    yield return Texts[hour];
                }
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerable<decimal> Values
    {
        get
        {
            for (int hour = 0; hour < costs.Length; hour++)
            {
                if (Has(hour))
                {
                    yield return costs[hour];
                }
            }
        }
    }

    /// <inheritdoc/>
    public decimal this[string key] => TryGetValue(key, out decimal cost) ? cost : throw new KeyNotFoundException($"There is no hour {key}.");

    /// <summary>The key of an hour, 0 to 23.</summary>
    public static string Text(int hour) => Texts[hour];

    /// <summary>Sets the cost of an hour, 0 to 23.</summary>
    public void Set(int hour, decimal cost)
    {
        costs[hour] = cost;
        set |= 1 << hour;
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out decimal value)
    {
        int hour = key.Length == 2 ? ((key[0] - '0') * 10) + key[1] - '0' : -1;
        bool has = (uint)hour < (uint)costs.Length && Has(hour) && Texts[hour] == key;
        value = has ? costs[hour] : 0;
        return has;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, decimal>> GetEnumerator()
    {
        for (int hour = 0; hour < costs.Length; hour++)
        {
            if (Has(hour))
            {
                yield return new KeyValuePair<string, decimal>(Texts[hour], costs[hour]);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private bool Has(int hour) => (set & (1 << hour)) != 0;

    private static string[] MakeTexts()
    {
        string[] texts = new string[24];
        for (int hour = 0; hour < texts.Length; hour++)
        {
            texts[hour] = hour.ToString("00", CultureInfo.InvariantCulture);
        }

        return texts;
    }
}
