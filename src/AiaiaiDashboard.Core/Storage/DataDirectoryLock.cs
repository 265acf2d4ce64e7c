using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Win32.SafeHandles;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>
/// The right to write to a data directory: an exclusive lock on <c>.lock</c> for as long as this object lives, freed by the kernel when the process
/// dies. The file itself stays; it is emptied on release. Locks are advisory and hold on one machine, not across a network file system.
/// </summary>
public sealed class DataDirectoryLock : IDisposable
{
    private const int MaxHolderBytes = 64 * 1024;

    private static readonly JsonTypeInfo<LockHolder> Json = DocumentJson.TypeInfo<LockHolder>(LockJsonContext.Default);

    private readonly Lock gate = new();
    private readonly SafeFileHandle handle;

    private DataDirectoryLock(SafeFileHandle handle) => this.handle = handle;

    /// <summary>Takes the lock and creates the data directory where it is missing.</summary>
    /// <param name="directory">What is locked.</param>
    /// <param name="holder">What others read about this process.</param>
    /// <exception cref="DataDirectoryInUseException">Another process, or this one, holds it.</exception>
    /// <exception cref="IOException">The directory or the file cannot be written.</exception>
    public static DataDirectoryLock Acquire(DataDirectory directory, LockHolder holder)
    {
        directory.EnsureCreated();
        string path = directory.PathOf(DataFiles.Lock);
        SafeFileHandle handle;
        try
        {
            // Unix: FileShare.None is an exclusive flock. Windows: FileShare.Read keeps every other writer out but lets the holder be read.
            handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw NotOurs(directory, exception);
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            LockHolder? other = ReadHolder(directory);
            string who = other is null ? "another process"
                : other.Address is null ? $"process {other.Pid}"
                : $"process {other.Pid} at {other.Address}";
            throw new DataDirectoryInUseException($"The data directory {directory.Root} is in use by {who}.", other);
        }

        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(handle, FileModes.PrivateFile);
            }

            var acquired = new DataDirectoryLock(handle);
            acquired.Update(holder);
            return acquired;
        }
        catch (UnauthorizedAccessException exception)
        {
            // Only its owner may set the mode of a file: somebody else's lock file that everybody may write.
            handle.Dispose();
            throw NotOurs(directory, exception);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static IOException NotOurs(DataDirectory directory, Exception exception) => new(
        $"The data directory {directory.Root} cannot be locked: {exception.Message.TrimEnd('.')}. It has to belong to the user {Environment.UserName}, who runs this program; --data names another one.",
        exception);

    /// <summary>Who holds the directory; null when nobody does, or it cannot be told. Takes no lock.</summary>
    public static LockHolder? ReadHolder(DataDirectory directory)
    {
        try
        {
            string path = directory.PathOf(DataFiles.Lock);
            using SafeFileHandle file = OperatingSystem.IsWindows()
                ? File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
                : UnixCalls.OpenRead(path);
            byte[] content = new byte[Math.Min(RandomAccess.GetLength(file), MaxHolderBytes)];
            int count = RandomAccess.Read(file, content, 0);
            return count == 0 ? null : JsonSerializer.Deserialize(content.AsSpan(0, count), Json);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Replaces what others read, for instance once the address is known.</summary>
    public void Update(LockHolder holder)
    {
        byte[] content = Write(holder);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(handle.IsClosed, this);
            RandomAccess.Write(handle, content, 0);
            RandomAccess.SetLength(handle, content.Length);
        }
    }

    /// <summary>Empties the file and frees the lock. Twice is safe.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (handle.IsClosed)
            {
                return;
            }

            try
            {
                RandomAccess.SetLength(handle, 0);
            }
            catch (IOException)
            {
                // The lock is freed all the same, and a holder is believed only while the lock is held.
            }

            handle.Dispose();
        }
    }

    // By hand: a command that finds nothing to do would spend more on metadata, or on a writer, than on its work.
    private static byte[] Write(LockHolder holder)
    {
        if (holder is { Address: null, Key: null })
        {
            return Encoding.UTF8.GetBytes("{\n  \"pid\": " + PlainNumber.Text(holder.Pid) + ",\n  \"address\": null,\n  \"key\": null\n}\n");
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, DocumentJson.Indented))
        {
            writer.WriteStartObject();
            writer.WriteNumber("pid", holder.Pid);
            writer.WriteString("address", holder.Address);
            writer.WriteString("key", holder.Key);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static bool IsHeld(IOException exception)
    {
        const int wouldBlockOnLinux = 11;
        const int wouldBlockOnMac = 35;
        const int sharingViolation = unchecked((int)0x80070020);
        return exception.HResult is sharingViolation or wouldBlockOnLinux or wouldBlockOnMac;
    }
}
