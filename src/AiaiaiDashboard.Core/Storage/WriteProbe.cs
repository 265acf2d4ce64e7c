namespace AiaiaiDashboard.Core.Storage;

/// <summary>Tells whether a data directory can be written.</summary>
public static class WriteProbe
{
    /// <summary>Creates a file and deletes it.</summary>
    /// <returns>Null when that worked, else why not.</returns>
    public static string? Check(DataDirectory directory)
    {
        try
        {
            string path = directory.PathOf($".probe-{Guid.NewGuid():N}.tmp");
            using (File.Create(path, bufferSize: 1, FileOptions.DeleteOnClose))
            {
                return null;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"The data directory {directory.Root} cannot be written: {exception.Message}";
        }
    }
}
