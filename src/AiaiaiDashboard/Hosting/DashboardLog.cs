using System.Text;
using AiaiaiDashboard.Core.Storage;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Compact;
using Serilog.Sinks.File;
using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace AiaiaiDashboard.Hosting;

/// <summary>
/// The log: compact JSON below <c>logs/</c>, at most 100 MB in all, and for the server stderr. Never stdout, which belongs to results.
/// Only the holder of the data directory writes it.
/// </summary>
public sealed class DashboardLog : IAsyncDisposable
{
    private const long MaxFileBytes = 10 * 1024 * 1024;
    private const int MaxFiles = 10;

    private readonly IAsyncDisposable owned;

    private DashboardLog(ILoggerFactory factory, IAsyncDisposable owned)
    {
        this.owned = owned;
        Factory = factory;
    }

    /// <summary>Makes loggers.</summary>
    public ILoggerFactory Factory { get; }

    /// <summary>The log of a server.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="toStandardError">Whether stderr gets it too.</param>
    public static DashboardLog ForServer(DataDirectory directory, bool toStandardError)
    {
        PrivateFiles.EnsureFolder(directory.PathOf("logs"));
        LoggerConfiguration configuration = Rolling(directory)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            // Reports a failed start with its stack; the command says the same in one sentence.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal)
            // Says on every start that keys are not encrypted at rest: the folder belongs to its owner alone.
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error);
        if (toStandardError)
        {
            configuration.WriteTo.Console(new TerminalFormatter(), standardErrorFromLevel: LogEventLevel.Verbose);
        }

        Logger logger = configuration.CreateLogger();
        return new DashboardLog(new SharedLoggers(new SerilogLoggerFactory(logger)), logger);
    }

    /// <summary>The log of a single command: it prints its own results, so only the file gets it. It is made and written beside the command's work.</summary>
    /// <param name="directory">The data directory.</param>
    public static DashboardLog ForCommand(DataDirectory directory)
    {
        PrivateFiles.EnsureFolder(directory.PathOf("logs"));
        var queued = new QueuedLoggers(() => new SerilogLoggerFactory(Rolling(directory).CreateLogger(), dispose: true));
        return new DashboardLog(queued, queued);
    }

    /// <summary>A logger with a name.</summary>
    public ILogger Create(string name) => Factory.CreateLogger(name);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Factory.Dispose();
        await owned.DisposeAsync();
    }

    private static LoggerConfiguration Rolling(DataDirectory directory) => new LoggerConfiguration()
        .MinimumLevel.Information()
        .WriteTo.File(
            new CompactJsonFormatter(),
            directory.PathOf("logs/dashboard-.jsonl"),
            rollingInterval: RollingInterval.Day,
            fileSizeLimitBytes: MaxFileBytes,
            rollOnFileSizeLimit: true,
            retainedFileCountLimit: MaxFiles,
            hooks: new OwnerOnly());

    // A new log file gets the mode of the process; every one that is opened is made its owner's alone.
    private sealed class OwnerOnly : FileLifecycleHooks
    {
        public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
        {
            PrivateFiles.Restrict(path);
            return underlyingStream;
        }
    }
}
