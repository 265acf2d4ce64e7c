using System.Collections.Concurrent;
using FluentValidation;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>
/// The JSON documents of one data directory. Readers see the old or the new content, never a mixture; writes of one document run in the order they
/// were asked for. Thread-safe. One store per data directory and process; across processes <see cref="DataDirectoryLock"/> keeps to one writer.
/// </summary>
/// <param name="directory">Where; created by the first write.</param>
/// <param name="files">The file layer; null for the operating system's.</param>
public sealed class DocumentStore(DataDirectory directory, IFileSystem? files = null)
{
    private readonly IFileSystem files = files ?? PhysicalFileSystem.Instance;
    private readonly ConcurrentDictionary<string, WriterQueue> queues = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<FileProblem> setAside = new();

    /// <summary>The data directory.</summary>
    public DataDirectory Directory { get; } = directory;

    /// <summary>Reads a document as it is on disk. Never throws for what is in the file and changes nothing.</summary>
    public DocumentRead<T> Read<T>(DocumentType<T> type)
        where T : class => ReadWithBytes(type).Read;

    /// <summary>Derived documents that were broken and set aside by a write since the last call: each is told once.</summary>
    public IReadOnlyList<FileProblem> TakeSetAside()
    {
        List<FileProblem> taken = [];
        while (setAside.TryDequeue(out FileProblem? problem))
        {
            taken.Add(problem);
        }

        return taken;
    }

    /// <summary>Replaces a document. The value is taken as it is now; later changes to it do not matter.</summary>
    /// <param name="type">Which document.</param>
    /// <param name="value">Its new content, all of it.</param>
    /// <param name="ct">Takes effect until the write begins.</param>
    /// <returns>False when the file says the same already: it was not touched.</returns>
    /// <exception cref="InvalidDataException">The file is broken and a person's, or of a newer version: it was not touched. The message names file, place and reason.</exception>
    /// <exception cref="ValidationException">The new content breaks the document's rules: nothing was written.</exception>
    /// <exception cref="IOException">The file could not be read or written; the old content is intact.</exception>
    public Task<bool> WriteAsync<T>(DocumentType<T> type, T value, CancellationToken ct = default)
        where T : class
    {
        byte[] content = Serialize(type, value);
        return QueueOf(type.Name).Enqueue(() => Write(type, ReadWithBytes(type), content), ct);
    }

    /// <summary>Reads, changes and replaces a document, with no other write of it in between.</summary>
    /// <param name="type">Which document.</param>
    /// <param name="change">Gets the content (null when there is none yet, or a derived one is broken) and returns the new one. Runs on a pool thread or, see <see cref="WriterQueue"/>, on the caller's.</param>
    /// <param name="ct">Takes effect until the change begins.</param>
    /// <returns>The new content. Exceptions as for <see cref="WriteAsync{T}"/>.</returns>
    public Task<T> UpdateAsync<T>(DocumentType<T> type, Func<T?, T> change, CancellationToken ct = default)
        where T : class =>
        QueueOf(type.Name).Enqueue(
            () =>
            {
                (DocumentRead<T> Read, byte[]? Bytes) current = ReadWithBytes(type);
                RefuseUntouchable(type, current.Read);
                T changed = change(current.Read.Value);
                Write(type, current, Serialize(type, changed));
                return changed;
            },
            ct);

    private static byte[] Serialize<T>(DocumentType<T> type, T value)
        where T : class
    {
        type.Validator?.ValidateAndThrow(value);
        return DocumentJson.Serialize(value, type);
    }

    private static void RefuseUntouchable<T>(DocumentType<T> type, DocumentRead<T> current)
        where T : class
    {
        if (current.IsUnreadable)
        {
            throw new IOException($"{ProblemText.Of(current.Problems)} It was not overwritten.");
        }

        if (current.Problem is not null && (type.Kind == DocumentKind.Person || current.IsNewer))
        {
            throw new InvalidDataException($"{ProblemText.Of(current.Problems)} It was not overwritten.");
        }
    }

    private WriterQueue QueueOf(string name) => queues.GetOrAdd(name, _ => new WriterQueue());

    private (DocumentRead<T> Read, byte[]? Bytes) ReadWithBytes<T>(DocumentType<T> type)
        where T : class
    {
        string path = Directory.PathOf(type.Name);
        try
        {
            byte[]? bytes = DocumentReader.TryReadBytes(files, path);
            return bytes is null
                ? (new DocumentRead<T>(null, false, null), null)
                : (DocumentReader.Parse(type, bytes, WayBack(type, path)), bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var problem = new FileProblem(type.Name, null, $"cannot be read: {exception.Message.TrimEnd('.')}.");
            return (new DocumentRead<T>(null, true, problem) { IsUnreadable = true }, null);
        }
    }

    private string WayBack<T>(DocumentType<T> type, string path)
        where T : class =>
        type.Kind != DocumentKind.Person ? ""
        : files.FileExists(BackupOf(path)) ? $" Correct the file, or copy {type.Name}.bak, the version before it, over it."
        : " Correct the file, or delete it to begin anew.";

    private string BackupOf(string path) => files.FinalTarget(path) + ".bak";

    private bool Write<T>(DocumentType<T> type, (DocumentRead<T> Read, byte[]? Bytes) current, byte[] content)
        where T : class
    {
        string path = Directory.PathOf(type.Name);
        RefuseUntouchable(type, current.Read);
        if (current.Read.Problem is { } problem)
        {
            string kept = BrokenFiles.SetAside(files, path);
            setAside.Enqueue(problem with { Message = $"{problem.Message} The file was set aside as {Path.GetFileName(kept)} and built anew." });
        }
        else if (current.Read.Value is { } before)
        {
            // A file that a person laid out in another way, but that says the same, is left as it is.
            bool same = current.Bytes.AsSpan().SequenceEqual(content)
                || (current.Read.UpgradedFrom is null && DocumentJson.Serialize(before, type).AsSpan().SequenceEqual(content));
            if (same)
            {
                return false;
            }

            KeepPrevious(type, path, current.Read, current.Bytes!);
        }

        AtomicFile.Replace(files, path, output => output.Write(content));
        return true;
    }

    private void KeepPrevious<T>(DocumentType<T> type, string path, DocumentRead<T> current, byte[] bytes)
        where T : class
    {
        string target = files.FinalTarget(path);
        UnixFileMode mode = files.Mode(target) ?? FileModes.PrivateFile;
        if (current.UpgradedFrom is { } version)
        {
            AtomicFile.Replace(files, $"{target}.v{version}.bak", output => output.Write(bytes), mode: mode);
        }

        if (type.Kind == DocumentKind.Person)
        {
            AtomicFile.Replace(files, BackupOf(path), output => output.Write(bytes), mode: mode);
        }
    }
}
