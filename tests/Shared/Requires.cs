namespace AiaiaiDashboard.Tests.Shared;

/// <summary>
/// What a test needs from the machine. Without it the test is skipped and says why; with <c>AIAIAI_REQUIRE_ALL=1</c> it fails instead, so that a
/// build server that is meant to run everything cannot pass by skipping. For tests marked <c>SkippableFact</c> or <c>SkippableTheory</c>.
/// </summary>
internal static class Requires
{
    /// <summary>The value of an environment variable.</summary>
    /// <param name="name">Name of the variable.</param>
    /// <param name="meaning">What it has to hold, for the reason.</param>
    public static string Variable(string name, string meaning)
    {
        string? value = Environment.GetEnvironmentVariable(name);
        That(!string.IsNullOrEmpty(value), $"{name} is not set: {meaning}.");
        return value!;
    }

    /// <summary>Skips, or fails, unless the condition holds.</summary>
    /// <param name="condition">What the test needs.</param>
    /// <param name="reason">Said when it does not hold.</param>
    public static void That(bool condition, string reason)
    {
        if (!condition && Environment.GetEnvironmentVariable("AIAIAI_REQUIRE_ALL") == "1")
        {
            Assert.Fail($"{reason} AIAIAI_REQUIRE_ALL=1 allows no skipped test.");
        }

        Skip.IfNot(condition, reason);
    }

    /// <summary>Tests about links, modes and special files run where the system has them; elsewhere there is nothing to require.</summary>
    public static void Unix() => Skip.If(OperatingSystem.IsWindows(), "Needs a Unix file system.");
}
