using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>
/// The calls on disk: cache/calls.bin, all of them as they were when it was written, and cache/calls-changes.bin, what changed since, so that a sync writes
/// what changed and not all there is. Both are replaced in one step. The changes name the calls they belong to by their hash: beside any other
/// they count as missing, and then the state is newer than the calls (see <see cref="IngestState.Generation"/>).
/// </summary>
internal sealed class CallFile(DataDirectory directory)
{
    private const ulong CallsMagic = 0x3356_4C4C_4143_4941; // "AICALLV3"
    private const ulong ChangesMagic = 0x3156_4E41_4843_4941; // "AICHANV1"

    /// <summary>Changed calls that are always kept apart.</summary>
    private const int MinChanges = 4_096;

    /// <summary>The part of all calls that may have changed before all are written again.</summary>
    private const int ChangesPart = 8;

    // Indices of what changed since all were written: the second file holds all of it.
    private readonly HashSet<int> changes = [];
    private ulong hash;
    private int savedNames;

    private static unsafe int RecordBytes => sizeof(CallRecord);

    private string CallsPath => directory.PathOf("cache/calls.bin");

    private string ChangesPath => directory.PathOf("cache/calls-changes.bin");

    /// <summary>Reads the calls; null when there are none that can be used.</summary>
    /// <param name="generation">The generation they were saved with.</param>
    public CallStore? Load(out long generation)
    {
        (CallStore Store, long Generation)? loaded = IngestCache.Load<(CallStore, long)?>(CallsPath, CallsMagic, ReadAll);
        generation = 0;
        if (loaded is null)
        {
            return null;
        }

        (CallStore store, generation) = loaded.Value;
        savedNames = store.Names.Count;
        hash = HashOf(CallsPath);
        try
        {
            generation = IngestCache.Load<long?>(ChangesPath, ChangesMagic, reader => ReadChanges(reader, store)) ?? generation;
            return store;
        }
        catch (BrokenChangesException)
        {
            generation = 0;
            return null;
        }
    }

    /// <summary>Writes the calls: what changed since they were loaded, or all where that is no longer little.</summary>
    /// <param name="store">What <see cref="Load"/> returned, with changes; or any other.</param>
    /// <param name="isLoaded">Whether it is what was loaded.</param>
    /// <param name="generation">The generation.</param>
    public void Save(CallStore store, bool isLoaded, long generation)
    {
        store.AddChanged(changes);
        if (isLoaded && changes.Count <= Math.Max(MinChanges, store.Count / ChangesPart))
        {
            IngestCache.Replace(ChangesPath, stream => IngestCache.Write(stream, ChangesMagic, writer => WriteChanges(writer, store, generation)));
            return;
        }

        IngestCache.Replace(CallsPath, stream => IngestCache.Write(stream, CallsMagic, writer => WriteAll(writer, store, generation)));
        // Of no use beside the new calls, and known for that by the hash if this is never reached.
        File.Delete(ChangesPath);
    }

    private static (CallStore Store, long Generation)? ReadAll(BinaryReader reader)
    {
        long generation = reader.ReadInt64();
        if (reader.ReadInt32() != RecordBytes)
        {
            return null;
        }

        var names = new NameTable();
        ReadNames(reader, names);
        var store = new CallStore(names);
        store.Load(reader.ReadInt32(), reader.BaseStream.ReadExactly);
        return (store, generation);
    }

    private static void WriteAll(BinaryWriter writer, CallStore store, long generation)
    {
        writer.Write(generation);
        writer.Write(RecordBytes);
        WriteNames(writer, store.Names, 0);
        writer.Write(store.Count);
        store.Save(writer.Write);
    }

    private unsafe long? ReadChanges(BinaryReader reader, CallStore store)
    {
        long generation = reader.ReadInt64();
        if (reader.ReadUInt64() != hash || reader.ReadInt32() != savedNames)
        {
            return null;
        }

        try
        {
            ReadNames(reader, store.Names);
            for (int i = reader.ReadInt32(); i > 0; i--)
            {
                int index = reader.ReadInt32();
                CallRecord record;
                reader.BaseStream.ReadExactly(new Span<byte>(&record, sizeof(CallRecord)));
                store.Restore(index, record);
                changes.Add(index);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or ArgumentException)
        {
            // Half of the changes are in the store by now: it is of no use either.
            throw new BrokenChangesException(exception);
        }

        return generation;
    }

    private unsafe void WriteChanges(BinaryWriter writer, CallStore store, long generation)
    {
        writer.Write(generation);
        writer.Write(hash);
        writer.Write(savedNames);
        WriteNames(writer, store.Names, savedNames);
        writer.Write(changes.Count);
        int[] sorted = [.. changes];
        Array.Sort(sorted);
        foreach (int index in sorted)
        {
            CallRecord record = store[index];
            writer.Write(index);
            writer.Write(new ReadOnlySpan<byte>(&record, sizeof(CallRecord)));
        }
    }

    private static void ReadNames(BinaryReader reader, NameTable names)
    {
        for (int i = reader.ReadInt32(); i > 0; i--)
        {
            names.Id(reader.ReadBytes(reader.ReadInt32()));
        }
    }

    private static void WriteNames(BinaryWriter writer, NameTable names, int from)
    {
        writer.Write(names.Count - from);
        for (int i = from; i < names.Count; i++)
        {
            byte[] name = names.Bytes(i);
            writer.Write(name.Length);
            writer.Write(name);
        }
    }

    /// <summary>The hash at the end of a file that was found to be whole.</summary>
    private static ulong HashOf(string path)
    {
        Span<byte> last = stackalloc byte[8];
        using FileStream stream = File.OpenRead(path);
        stream.Seek(-last.Length, SeekOrigin.End);
        stream.ReadExactly(last);
        return BitConverter.ToUInt64(last);
    }

    private sealed class BrokenChangesException(Exception inner) : Exception("The changed calls cannot be used.", inner);
}
