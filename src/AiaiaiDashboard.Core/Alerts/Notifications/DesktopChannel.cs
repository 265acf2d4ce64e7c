using System.Diagnostics;
using System.Text;

namespace AiaiaiDashboard.Core.Alerts.Notifications;

/// <summary>
/// Notifications of the desktop this process runs on: <c>notify-send</c>, <c>osascript</c> or PowerShell. Text is passed as arguments or in
/// variables, never through a shell or inside a script.
/// </summary>
/// <param name="environment">Environment variables by name; the notifier gets the few it needs.</param>
/// <param name="platform">The platform.</param>
public sealed class DesktopChannel(Func<string, string?> environment, DesktopPlatform platform) : INotificationChannel
{
    /// <summary>A notifier that takes longer is ended.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private const int MaxTitle = 200;
    private const int MaxText = 1000;

    // What a notifier needs to find the desktop of the person this process belongs to.
    private static readonly string[] Passed =
    [
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS",
        "SystemRoot", "SystemDrive", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP", "TMP", "PSModulePath",
    ];

    // The app id is PowerShell's own: a toast of an unknown id is dropped by Windows.
    private const string ToastScript =
        "[void][Windows.UI.Notifications.ToastNotificationManager,Windows.UI.Notifications,ContentType=WindowsRuntime];" +
        "$t=[Windows.UI.Notifications.ToastNotificationManager]::GetTemplateContent([Windows.UI.Notifications.ToastTemplateType]::ToastText02);" +
        "$n=$t.GetElementsByTagName('text');" +
        "[void]$n.Item(0).AppendChild($t.CreateTextNode($env:AIAIAI_TITLE));[void]$n.Item(1).AppendChild($t.CreateTextNode($env:AIAIAI_TEXT));" +
        "[Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier(" +
        "'{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe').Show((New-Object Windows.UI.Notifications.ToastNotification $t))";

    /// <summary>Identity of the channel.</summary>
    public const string ChannelName = "desktop";

    /// <inheritdoc/>
    public string Name => ChannelName;

    /// <summary>The program that shows notifications here.</summary>
    public string Program => platform switch
    {
        DesktopPlatform.MacOS => "osascript",
        DesktopPlatform.Windows => "powershell.exe",
        _ => "notify-send",
    };

    /// <summary>The platform of this process.</summary>
    public static DesktopPlatform Current => OperatingSystem.IsMacOS() ? DesktopPlatform.MacOS : OperatingSystem.IsWindows() ? DesktopPlatform.Windows : DesktopPlatform.Linux;

    /// <summary>Why nothing can be shown here; null where the program is there.</summary>
    public string? Missing => Find(Program) is null
        ? platform == DesktopPlatform.Linux
            ? "notify-send was not found on the PATH. Install libnotify (Debian: libnotify-bin)."
            : $"{Program} was not found on the PATH."
        : null;

    /// <inheritdoc/>
    public async Task SendAsync(Notification notification, CancellationToken ct)
    {
        string program = Find(Program) ?? throw new DeliveryException(Missing!);
        ProcessStartInfo start = Start(program, Plain(notification.Title, MaxTitle), Plain(notification.Text, MaxText), notification.Alert.IsCritical);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
            process.StandardInput.Close();
            Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            await output;
            if (process.ExitCode != 0)
            {
                throw new DeliveryException($"{Program} failed: {FirstLine(await error, process.ExitCode)}");
            }
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            throw new DeliveryException($"{Program} could not be started: {exception.Message}", exception);
        }
        catch (OperationCanceledException exception) when (!ct.IsCancellationRequested)
        {
            throw new DeliveryException($"{Program} did not end within {Limit.TotalSeconds:0} s and was ended.", exception);
        }
        finally
        {
            End(process);
        }
    }

    /// <summary>The call, as it is started. Separate so that every platform's can be looked at on any.</summary>
    internal ProcessStartInfo Start(string program, string title, string text, bool critical)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (string name in Passed)
        {
            if (environment(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        switch (platform)
        {
            case DesktopPlatform.MacOS:
                Add("-e", "on run argv", "-e", "display notification (item 2 of argv) with title (item 1 of argv)", "-e", "end run", title, text);
                break;
            case DesktopPlatform.Windows:
                Add("-NoLogo", "-NoProfile", "-NonInteractive", "-EncodedCommand", Convert.ToBase64String(Encoding.Unicode.GetBytes(ToastScript)));
                start.Environment["AIAIAI_TITLE"] = title;
                start.Environment["AIAIAI_TEXT"] = text;
                break;
            default:
                // The body is markup to most notification daemons; the title never is.
                Add("--app-name=AIAIAI Dashboard", critical ? "--urgency=critical" : "--urgency=normal", "--", title, Escape(text));
                break;
        }

        return start;

        void Add(params string[] arguments) => Array.ForEach(arguments, start.ArgumentList.Add);
    }

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    // A NUL ends an argument, and other controls have no business in a notification.
    private static string Plain(string text, int max)
    {
        string plain = new([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
        return plain.Length <= max ? plain : plain[..max] + "…";
    }

    private static string FirstLine(string error, int code)
    {
        string line = error.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0) ?? $"exit code {code}.";
        return line.Length <= 300 ? line : line[..300] + "…";
    }

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It never began, or has ended meanwhile.
        }
    }

    private string? Find(string program) => (environment("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Where(Path.IsPathFullyQualified)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}

/// <summary>Platforms with notifications.</summary>
public enum DesktopPlatform
{
    /// <summary>notify-send of libnotify.</summary>
    Linux,

    /// <summary>osascript.</summary>
    MacOS,

    /// <summary>A toast through PowerShell.</summary>
    Windows,
}
