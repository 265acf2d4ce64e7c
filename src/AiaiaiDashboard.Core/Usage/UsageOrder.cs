namespace AiaiaiDashboard.Core.Usage;

/// <summary>The order of rows: by date, project, session, model and source, as <see cref="UsageKey.Order"/>, without making a row.</summary>
internal static class UsageOrder
{
    private const int FewRows = 8_192;

    /// <summary>Places of the rows that count anything, ordered by key.</summary>
    /// <param name="index">The rows.</param>
    /// <param name="numbers">The projects they count for.</param>
    public static int[] ByKey(LedgerIndex index, ProjectNumbers numbers)
    {
        int[] all = new int[index.Count];
        for (int place = 0; place < all.Length; place++)
        {
            all[place] = place;
        }

        return ByKey(index, numbers, all);
    }

    /// <summary>Those of some places whose rows count anything, ordered by key. The array becomes the caller's no more.</summary>
    public static int[] ByKey(LedgerIndex index, ProjectNumbers numbers, int[] places)
    {
        int[] projects = Ranks(numbers.Names);
        ulong[] keys = new ulong[places.Length];
        int count = 0;
        bool sorted = true;
        foreach (int place in places)
        {
            ref readonly UsageFacts facts = ref index.Facts(place);
            if (facts.HasUsage)
            {
                ulong key = ((ulong)(uint)facts.Day << 32) | (uint)projects[numbers.Of(in facts)];
                sorted &= count == 0 || keys[count - 1] <= key;
                keys[count] = key;
                places[count++] = place;
            }
        }

        if (!sorted)
        {
            Sort(keys, places, count);
        }

        Array.Resize(ref places, count);
        SortWithinDays(index, keys, places);
        return places;
    }

    /// <summary>How many of the places, ordered by key, lie on or before a day.</summary>
    public static int CountUntil(LedgerIndex index, int[] places, int day)
    {
        int low = 0;
        int high = places.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = index.Facts(places[middle]).Day <= day ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The first position whose day is not before <paramref name="day"/>.</summary>
    public static int FirstFrom(UsageColumns.FactColumn sorted, int day)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = sorted[middle].Day < day ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Places ordered by key, with those of some days replaced.</summary>
    /// <param name="index">The rows.</param>
    /// <param name="places">Places ordered by key.</param>
    /// <param name="days">The places of a day, ordered by key, by its number.</param>
    public static int[] Replace(LedgerIndex index, int[] places, SortedDictionary<int, int[]> days)
    {
        var result = new List<int>(places.Length + days.Sum(day => day.Value.Length));
        int at = 0;
        foreach ((int day, int[] ofDay) in days)
        {
            result.AddRange(places.AsSpan(at, CountUntil(index, places, day - 1) - at));
            result.AddRange(ofDay);
            at = CountUntil(index, places, day);
        }

        result.AddRange(places.AsSpan(at));
        return [.. result];
    }

    // Few are sorted by a comparer, whose code is there: that for sorting numbers is compiled when the program runs.
    private static void Sort(ulong[] keys, int[] places, int count)
    {
        if (count > FewRows)
        {
            Array.Sort(keys, places, 0, count);
            return;
        }

        int[] positions = new int[count];
        for (int at = 0; at < count; at++)
        {
            positions[at] = at;
        }

        Array.Sort(positions, new ByKeys(keys));
        ulong[] oldKeys = new ulong[count];
        int[] oldPlaces = new int[count];
        Array.Copy(keys, oldKeys, count);
        Array.Copy(places, oldPlaces, count);
        for (int at = 0; at < count; at++)
        {
            keys[at] = oldKeys[positions[at]];
            places[at] = oldPlaces[positions[at]];
        }
    }

    // Rows of one day and project are few, and mostly in order already.
    private static void SortWithinDays(LedgerIndex index, ulong[] keys, int[] places)
    {
        var order = new ByTexts(index, Ranks(index.Models), Ranks(index.Sources));
        for (int start = 0; start < places.Length;)
        {
            int end = start + 1;
            bool sorted = true;
            while (end < places.Length && keys[end] == keys[start])
            {
                sorted &= order.Compare(places[end - 1], places[end]) <= 0;
                end++;
            }

            if (!sorted)
            {
                Array.Sort(places, start, end - start, order);
            }

            start = end;
        }
    }

    // Position of each text among all of them; there are few.
    private static int[] Ranks(NameTable names)
    {
        string[] texts = new string[names.Count];
        int[] codes = new int[texts.Length];
        for (int code = 0; code < codes.Length; code++)
        {
            codes[code] = code;
            texts[code] = names[code];
        }

        Array.Sort(texts, codes, StringComparer.Ordinal);
        int[] ranks = new int[codes.Length];
        for (int rank = 0; rank < codes.Length; rank++)
        {
            ranks[codes[rank]] = rank;
        }

        return ranks;
    }

    private sealed class ByKeys(ulong[] keys) : IComparer<int>
    {
        public int Compare(int left, int right) => keys[left].CompareTo(keys[right]);
    }

    private sealed class ByTexts(LedgerIndex index, int[] models, int[] sources) : IComparer<int>
    {
        public int Compare(int left, int right)
        {
            ref readonly UsageFacts a = ref index.Facts(left);
            ref readonly UsageFacts b = ref index.Facts(right);
            // Bytes of UTF-8 are in the order of code points.
            int order = index.Session(left).SequenceCompareTo(index.Session(right));
            order = order != 0 ? order : models[a.Model].CompareTo(models[b.Model]);
            return order != 0 ? order : sources[a.Source].CompareTo(sources[b.Source]);
        }
    }
}
