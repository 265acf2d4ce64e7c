using System.Runtime.InteropServices;

namespace AiaiaiDashboard.Core.Quality.Source;

/// <summary>What a file's content counted, as the cache keeps it: 37 bytes without padding.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct CountedBlob
{
    /// <summary>Id of the content, by parts so that it can lie in memory as it lies in the file.</summary>
    public ulong Id0, Id1;

    /// <summary>The rest of the id.</summary>
    public uint Id2;

    /// <summary><see cref="SourceLanguage.Code"/>: one content may be two languages by two names.</summary>
    public byte Language;

    /// <summary>See <see cref="SourceCount"/>.</summary>
    public int Lines, Todo, Fixme, Hack;
}

/// <summary>Counts the source files of one repository; a content that was counted before is not read again.</summary>
internal static class SourceScan
{
    /// <summary>Counts.</summary>
    /// <param name="tracked">The files.</param>
    /// <param name="known">What the last count left (<paramref name="counted"/>); anything else counts as nothing.</param>
    /// <param name="counted">What to keep for the next count: the contents of now, sorted by id.</param>
    /// <param name="cancel">Stops between two files.</param>
    public static CodeCounts Count(TrackedFiles tracked, byte[]? known, out byte[] counted, CancellationToken cancel)
    {
        Dictionary<(BlobId Id, byte Language), SourceCount> before = Load(known);
        var now = new Dictionary<(BlobId Id, byte Language), SourceCount>(before.Count);
        var languages = new Dictionary<string, (int Files, long Lines)>(StringComparer.Ordinal);
        (long todo, long fixme, long hack, int unread) = (0, 0, 0, 0);
        foreach (TrackedFile file in tracked.Files)
        {
            cancel.ThrowIfCancellationRequested();
            if (SourceLanguage.Of(file.Path) is not { } language)
            {
                continue;
            }

            (BlobId Id, byte Language) key = (file.Blob, language.Code);
            if (!now.TryGetValue(key, out SourceCount count))
            {
                if (!before.TryGetValue(key, out count))
                {
                    if (!tracked.TryRead(file, out ReadOnlySpan<byte> content))
                    {
                        unread++;
                        continue;
                    }

                    count = SourceCounter.Count(content, language.Comments);
                }

                now.Add(key, count);
            }

            (int files, long lines) = languages.GetValueOrDefault(language.Name);
            languages[language.Name] = (files + 1, lines + count.Lines);
            todo += count.Todo;
            fixme += count.Fixme;
            hack += count.Hack;
        }

        counted = Save(now);
        return new CodeCounts
        {
            Files = languages.Values.Sum(l => l.Files),
            Lines = languages.Values.Sum(l => l.Lines),
            Languages = [.. languages.Select(l => new LanguageLines(l.Key, l.Value.Files, l.Value.Lines)).OrderByDescending(l => l.Lines).ThenBy(l => l.Name, StringComparer.Ordinal)],
            Todo = todo,
            Fixme = fixme,
            Hack = hack,
            Unread = unread,
        };
    }

    private static Dictionary<(BlobId Id, byte Language), SourceCount> Load(byte[]? known)
    {
        if (known is null || known.Length % Marshal.SizeOf<CountedBlob>() != 0)
        {
            return [];
        }

        ReadOnlySpan<CountedBlob> blobs = MemoryMarshal.Cast<byte, CountedBlob>(known);
        var counts = new Dictionary<(BlobId Id, byte Language), SourceCount>(blobs.Length);
        foreach (ref readonly CountedBlob blob in blobs)
        {
            counts[(new BlobId(blob.Id0, blob.Id1, blob.Id2), blob.Language)] = new SourceCount(blob.Lines, blob.Todo, blob.Fixme, blob.Hack);
        }

        return counts;
    }

    private static byte[] Save(Dictionary<(BlobId Id, byte Language), SourceCount> counts)
    {
        CountedBlob[] blobs = [.. counts.OrderBy(c => c.Key).Select(c => new CountedBlob
        {
            Id0 = c.Key.Id.First,
            Id1 = c.Key.Id.Second,
            Id2 = c.Key.Id.Third,
            Language = c.Key.Language,
            Lines = c.Value.Lines,
            Todo = c.Value.Todo,
            Fixme = c.Value.Fixme,
            Hack = c.Value.Hack,
        })];
        return MemoryMarshal.AsBytes(blobs.AsSpan()).ToArray();
    }
}
