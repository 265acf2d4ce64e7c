using System.IO.Hashing;
using System.Text;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>
/// The calls on disk: cache/calls.bin, all of them as they were when it was written, and cache/calls-changes.bin, what changed since, so that a sync writes
/// what changed and not all there is. The first stands in the file as it does in memory, with the places at which messages are found, so that nothing has
/// to be built from it. Both are replaced in one step. The changes name the calls they belong to by their hash: beside any other
/// they count as missing, and then the state is newer than the calls (see <see cref="IngestState.Generation"/>).
/// </summary>
internal sealed class CallFile(DataDirectory directory) : IDisposable
{
    private const ulong CallsMagic = 0x3556_4C4C_4143_4941; // "AICALLV5"
    private const ulong ChangesMagic = 0x3256_4E41_4843_4941; // "AICHANV2"

    /// <summary>Changed calls that are always kept apart.</summary>
    private const int MinChanges = 4_096;

    /// <summary>The part of all calls that may have changed before all are written again.</summary>
    private const int ChangesPart = 8;

    // Indices of what changed since all were written: the second file holds all of it.
    private readonly HashSet<int> changes = [];
    private Task<LoadedCalls>? loading;
    private ulong hash;
    private int savedNames;

    // Magic, generation, bytes of a record, places for first records, number of records, nothing.
    private const int HeaderBytes = 32;
    private const int HashBytes = 8;

    private static unsafe int RecordBytes => sizeof(CallRecord);

    private string CallsPath => directory.PathOf("cache/calls.bin");

    private string ChangesPath => directory.PathOf("cache/calls-changes.bin");

    /// <summary>Begins to read the calls on another core, for <see cref="Load"/>.</summary>
    /// <param name="afterwards">What that core does then; nobody waits for it.</param>
    public void BeginLoad(Action? afterwards = null)
    {
        var loaded = new TaskCompletionSource<LoadedCalls>();
        loading = loaded.Task;
        _ = Beside.Run(() =>
        {
            try
            {
                CallStore? store = Read(out long generation);
                loaded.SetResult(new LoadedCalls(store, generation));
            }
            catch (Exception exception)
            {
                loaded.SetException(exception);
            }

            afterwards?.Invoke();
        });
    }

    /// <summary>Reads the calls; null when there are none that can be used. What it returns is to be disposed.</summary>
    /// <param name="generation">The generation they were saved with.</param>
    public CallStore? Load(out long generation)
    {
        if (loading is null)
        {
            return Read(out generation);
        }

        LoadedCalls loaded = loading.GetAwaiter().GetResult();
        loading = null;
        generation = loaded.Generation;
        return loaded.Store;
    }

    /// <summary>Gives back what was read and never asked for.</summary>
    public void Dispose()
    {
        if (loading is not null)
        {
            Load(out _)?.Dispose();
        }
    }

    private CallStore? Read(out long generation)
    {
        CallStore? store = LoadAll(out generation);
        if (store is null)
        {
            return null;
        }

        savedNames = store.Names.Count;
        try
        {
            generation = CacheFile.Load(ChangesPath, ChangesMagic, reader => ReadChanges(reader, store))?.Generation ?? generation;
            return store;
        }
        catch (BrokenChangesException)
        {
            store.Dispose();
            generation = 0;
            return null;
        }
    }

    /// <summary>Writes the calls: what changed since they were loaded, or all where that is no longer little.</summary>
    /// <param name="store">What <see cref="Load"/> returned, with changes; or any other.</param>
    /// <param name="isLoaded">Whether it is what was loaded.</param>
    /// <param name="generation">The generation.</param>
    /// <param name="ledger">What has to be written before anything here is replaced, so that a kill at any point is harmless.</param>
    public void Save(CallStore store, bool isLoaded, long generation, Task ledger)
    {
        store.AddChanged(changes);
        if (isLoaded && changes.Count <= Math.Max(MinChanges, store.Count / ChangesPart))
        {
            Replace(ChangesPath, ChangesMagic, writer => WriteChanges(writer, store, generation), ledger);
            return;
        }

        Replace(CallsPath, CallsMagic, writer => WriteAll(writer, store, generation), ledger);
        // Of no use beside the new calls, and known for that by the hash if this is never reached.
        File.Delete(ChangesPath);
    }

    private static void Replace(string path, ulong magic, Action<BinaryWriter> write, Task before) => CacheFile.Replace(path, stream =>
    {
        CacheFile.Write(stream, magic, write);
        before.GetAwaiter().GetResult();
    });

    private CallStore? LoadAll(out long generation)
    {
        CallImage? image = null;
        generation = 0;
        try
        {
            image = CallImage.Open(CallsPath);
            if (ReadAll(image, out generation) is { } store)
            {
                image = null;
                return store;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or InvalidDataException)
        {
            generation = 0;
        }
        finally
        {
            image?.Dispose();
        }

        return null;
    }

    private unsafe CallStore? ReadAll(CallImage image, out long generation)
    {
        generation = 0;
        ReadOnlySpan<byte> bytes = image.Bytes;
        if (bytes.Length < HeaderBytes + HashBytes || BitConverter.ToUInt64(bytes) != CallsMagic
            || XxHash3.HashToUInt64(bytes[..^HashBytes]) != BitConverter.ToUInt64(bytes[^HashBytes..]))
        {
            return null;
        }

        int recordBytes = BitConverter.ToInt32(bytes[16..]);
        int places = BitConverter.ToInt32(bytes[20..]);
        int count = BitConverter.ToInt32(bytes[24..]);
        long names = HeaderBytes + ((long)count * RecordBytes) + ((long)places * sizeof(int));
        if (recordBytes != RecordBytes || places <= 0 || count < 0 || names > bytes.Length - HashBytes)
        {
            return null;
        }

        var table = new NameTable();
        using (var reader = new BinaryReader(new UnmanagedMemoryStream(image.Start + names, bytes.Length - HashBytes - names), Encoding.UTF8))
        {
            ReadNames(reader, table);
        }

        var store = new CallStore(table);
        byte* records = image.Start + HeaderBytes;
        store.Attach(image, (CallRecord*)records, count, new MessagePlaces((int*)(records + ((long)count * RecordBytes)), places));
        generation = BitConverter.ToInt64(bytes[8..]);
        hash = BitConverter.ToUInt64(bytes[^HashBytes..]);
        return store;
    }

    private static void WriteAll(BinaryWriter writer, CallStore store, long generation)
    {
        writer.Write(generation);
        writer.Write(RecordBytes);
        writer.Write(store.Places.Count);
        writer.Write(store.Count);
        writer.Write(0);
        store.SaveRecords(writer.Write);
        store.Places.Save(writer.Write);
        WriteNames(writer, store.Names, 0);
    }

    private unsafe Changes? ReadChanges(BinaryReader reader, CallStore store)
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

        return new Changes(generation);
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

    private sealed record LoadedCalls(CallStore? Store, long Generation);

    private sealed record Changes(long Generation);

    private sealed class BrokenChangesException(Exception inner) : Exception("The changed calls cannot be used.", inner);
}
