using System.Runtime.CompilerServices;

namespace AiaiaiDashboard.Integration.Tests;

/// <summary>
/// Many servers, commands and a browser share this process: on a machine with two cores the pool would begin with two threads and add more
/// only slowly, and what waits for one would look like a server that does not answer.
/// </summary>
internal static class Threads
{
    [ModuleInitializer]
    internal static void Begin() => ThreadPool.SetMinThreads(32, 32);
}
