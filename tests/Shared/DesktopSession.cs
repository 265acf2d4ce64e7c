using System.Diagnostics;

namespace AiaiaiDashboard.Tests.Shared;

/// <summary>
/// A real desktop to notify: an X server without a screen, a session bus, and dunst, which the bus starts at the first notification. Whatever
/// dunst shows it also writes down, one line per notification.
/// </summary>
internal sealed class DesktopSession : IAsyncDisposable
{
    private static readonly string[] Needed = ["Xvfb", "dbus-daemon", "dunst", "notify-send"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string folder;
    private readonly Process screen;
    private readonly Process bus;
    private readonly StreamReader shown;

    private DesktopSession(string folder, Process screen, Process bus, string display, string address)
    {
        this.folder = folder;
        this.screen = screen;
        this.bus = bus;
        Display = display;
        Address = address;
        // Opened for both, so that it neither waits for the first writer nor ends with it.
        shown = new StreamReader(new FileStream(Pipe(folder), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 1));
    }

    /// <summary>DISPLAY.</summary>
    public string Display { get; }

    /// <summary>DBUS_SESSION_BUS_ADDRESS.</summary>
    public string Address { get; }

    /// <summary>The environment of a program on this desktop.</summary>
    public string? Variable(string name) => name switch
    {
        "DISPLAY" => Display,
        "DBUS_SESSION_BUS_ADDRESS" => Address,
        "PATH" => Environment.GetEnvironmentVariable("PATH"),
        "HOME" => folder,
        _ => null,
    };

    /// <summary>Starts it; skips the test, or fails it, where a program is missing.</summary>
    public static async Task<DesktopSession> StartAsync()
    {
        Requires.That(OperatingSystem.IsLinux(), "Desktop notifications are tried on Linux.");
        string[] missing = [.. Needed.Where(name => !IsOnPath(name))];
        Requires.That(missing.Length == 0, $"Not installed: {string.Join(", ", missing)} (Debian: xvfb, dbus-daemon, dunst, libnotify-bin).");
        string folder = Directory.CreateTempSubdirectory("aiaiai-desktop-").FullName;
        using (Process pipe = Process.Start("mkfifo", Pipe(folder)))
        {
            await pipe.WaitForExitAsync().WaitAsync(Patience);
        }

        string script = Path.Combine(folder, "shown.sh");
        await File.WriteAllTextAsync(script, $"#!/bin/sh\nprintf '%s|%s|%s\\n' \"$2\" \"$3\" \"$5\" > '{Pipe(folder)}'\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "dunstrc"), $"[global]\n    markup = full\n    stack_duplicates = false\n[all]\n    summary = \"*\"\n    script = \"{script}\"\n");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "org.freedesktop.Notifications.service"),
            $"[D-BUS Service]\nName=org.freedesktop.Notifications\nExec={Find("dunst")} -config {folder}/dunstrc\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "bus.conf"), $"""
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig>
              <type>session</type>
              <listen>unix:tmpdir={folder}</listen>
              <servicedir>{folder}</servicedir>
              <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
            </busconfig>
            """);
        // Both say on their output when they are ready.
        Process screen = Start(null, "Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp");
        string display = ":" + await ReadLineAsync(screen);
        Process bus = Start(display, "dbus-daemon", $"--config-file={folder}/bus.conf", "--nofork", "--print-address=1");
        return new DesktopSession(folder, screen, bus, display, await ReadLineAsync(bus));
    }

    /// <summary>The next notification that was shown: <c>title|text|urgency</c>.</summary>
    public async Task<string> NextAsync() => await shown.ReadLineAsync().WaitAsync(Patience) ?? "";

    public async ValueTask DisposeAsync()
    {
        foreach (Process process in (Process[])[bus, screen])
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        shown.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static string Pipe(string folder) => Path.Combine(folder, "shown");

    private static bool IsOnPath(string name) => Find(name) is not null;

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);

    private static Process Start(string? display, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DISPLAY"] = display ?? "";
        start.Environment.Remove("WAYLAND_DISPLAY");
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<string> ReadLineAsync(Process process) =>
        await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException($"{process.StartInfo.FileName} ended at once.");
}
