namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>Identity of a row by numbers: cheap to build for every call.</summary>
internal readonly record struct RowSlot(int Day, int Project, int Session, int Model);

/// <summary>Distinct rows, numbered from 0 in the order they came. A table of its own, for the reason of <see cref="CallList"/>.</summary>
internal sealed class RowSlots
{
    private RowSlot[] rows = new RowSlot[16];
    private int[] places = NewPlaces(64);

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>A row by its number.</summary>
    public RowSlot this[int number] => rows[number];

    /// <summary>The number of a row; -1 where it was not added.</summary>
    public int Find(in RowSlot row) => places[Place(row)];

    /// <summary>The number of a row, a new one where it has none.</summary>
    public int Add(in RowSlot row)
    {
        int place = Place(row);
        if (places[place] >= 0)
        {
            return places[place];
        }

        if (Count == rows.Length)
        {
            var larger = new RowSlot[Count * 2];
            Array.Copy(rows, larger, Count);
            rows = larger;
        }

        rows[Count] = row;
        places[place] = Count++;
        if (Count * 2 > places.Length)
        {
            Grow();
        }

        return Count - 1;
    }

    /// <summary>Takes all away.</summary>
    public void Clear()
    {
        Count = 0;
        for (int place = 0; place < places.Length; place++)
        {
            places[place] = -1;
        }
    }

    private static int[] NewPlaces(int length)
    {
        int[] places = new int[length];
        for (int place = 0; place < places.Length; place++)
        {
            places[place] = -1;
        }

        return places;
    }

    private void Grow()
    {
        places = NewPlaces(places.Length * 2);
        for (int number = 0; number < Count; number++)
        {
            places[Place(rows[number])] = number;
        }
    }

    private int Place(in RowSlot row)
    {
        int mask = places.Length - 1;
        ulong hash = ((ulong)(uint)row.Session * 0x9E3779B97F4A7C15) ^ ((ulong)(uint)row.Day << 32) ^ ((ulong)(uint)row.Project << 12) ^ (uint)row.Model;
        hash *= 0xBF58476D1CE4E5B9;
        for (int place = (int)(hash >> 40) & mask; ; place = (place + 1) & mask)
        {
            int number = places[place];
            if (number < 0 || Same(rows[number], row))
            {
                return place;
            }
        }
    }

    private static bool Same(in RowSlot a, in RowSlot b) => a.Session == b.Session && a.Day == b.Day && a.Project == b.Project && a.Model == b.Model;
}
