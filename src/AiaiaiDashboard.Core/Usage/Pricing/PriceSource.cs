using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Usage.Pricing;

/// <summary>The price table in force: built in, and the user's config/pricing.json over it. A broken file leaves the last good table in force.</summary>
public sealed class PriceSource(DataDirectory directory)
{
    /// <summary>Largest config/pricing.json that is read.</summary>
    private const long MaxBytes = 4 << 20;

    private PriceTable? last;
    private ulong lastContent;

    /// <summary>Everything that is wrong with the file as it was read last.</summary>
    public IReadOnlyList<FileProblem> Problems { get; private set; } = [];

    /// <summary>Reads the file again if it changed.</summary>
    /// <param name="problem">The first thing that is wrong with it; null when nothing is.</param>
    /// <returns>The table to use; null where the file is broken and no table was in force before.</returns>
    public PriceTable? Load(out FileProblem? problem)
    {
        problem = null;
        Problems = [];
        string path = directory.PathOf(DataFiles.Pricing);
        try
        {
            if (!File.Exists(path))
            {
                return last = PriceTable.BuiltIn;
            }

            byte[] json = new FileInfo(path).Length <= MaxBytes
                ? File.ReadAllBytes(path)
                : throw new InvalidDataException("larger than 4 MB.");
            ulong content = System.IO.Hashing.XxHash64.HashToUInt64(json);
            if (last is null || content != lastContent)
            {
                last = PriceTable.WithOverrides(json, DataFiles.Pricing);
                lastContent = content;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or PriceTableException)
        {
            Problems = exception is PriceTableException { Problems: { } mistakes } ? mistakes : [new FileProblem(DataFiles.Pricing, null, exception.Message)];
            problem = Problems[0];
        }

        return last;
    }
}
