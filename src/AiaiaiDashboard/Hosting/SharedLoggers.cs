using System.Collections.Concurrent;

namespace AiaiaiDashboard.Hosting;

/// <summary>One logger per name. Serilog's factory makes a new one at each call, and every open tab calls it for eight of them.</summary>
/// <remarks>Names are those of types: there are as many as the program has.</remarks>
internal sealed class SharedLoggers(ILoggerFactory inner) : ILoggerFactory
{
    private readonly ConcurrentDictionary<string, ILogger> loggers = [];

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => loggers.GetOrAdd(categoryName, inner.CreateLogger);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
