using System.Net;

namespace AiaiaiDashboard.Security;

/// <summary>The addresses a server listens on, and the names under which it may be asked.</summary>
public sealed class ListenAddresses
{
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    private readonly HashSet<string> names;

    private readonly IReadOnlyList<Uri> publicAddresses;

    private ListenAddresses(IReadOnlyList<string> urls, HashSet<string> names, bool isLoopbackOnly, IReadOnlyList<Uri> publicAddresses)
    {
        Urls = urls;
        this.publicAddresses = publicAddresses;
        this.names = names;
        IsLoopbackOnly = isLoopbackOnly;
    }

    /// <summary>The addresses.</summary>
    public IReadOnlyList<string> Urls { get; }

    /// <summary>Whether nobody outside this machine can connect, neither directly nor through a proxy.</summary>
    public bool IsLoopbackOnly { get; }

    /// <summary>Whether a reverse proxy stands before this server.</summary>
    public bool IsProxied => publicAddresses.Count > 0;

    /// <summary>Where people outside open it, where that is another address than this server listens on.</summary>
    public string? PublicAddress => IsProxied ? publicAddresses[0].GetLeftPart(UriPartial.Authority) : null;

    /// <summary>Reads <c>--urls</c>; all mistakes at once.</summary>
    /// <param name="text">Value of the option.</param>
    /// <param name="publicAddresses">Addresses under which a reverse proxy shows this server; valid ones.</param>
    public static (ListenAddresses? Addresses, IReadOnlyList<string> Errors) Parse(string text, IReadOnlyList<string>? publicAddresses = null)
    {
        Uri[] shown = [.. (publicAddresses ?? []).Select(a => new Uri(a))];
        var urls = new List<string>();
        var errors = new List<string>();
        var names = new HashSet<string>(LoopbackNames, StringComparer.OrdinalIgnoreCase);
        names.UnionWith(shown.Select(a => a.Host));
        bool loopbackOnly = shown.Length == 0;
        foreach (string url in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (TryRead(url) is not { } address)
            {
                errors.Add($"--urls: \"{url}\" is not allowed: use addresses such as http://127.0.0.1:5080.");
                continue;
            }

            urls.Add(url);
            loopbackOnly &= IsLoopback(address.Host);
            names.Add(address.Host);
        }

        if (urls.Count == 0 && errors.Count == 0)
        {
            errors.Add("--urls: an address is missing: use http://127.0.0.1:5080.");
        }

        return errors.Count > 0 ? (null, errors) : (new ListenAddresses(urls, names, loopbackOnly, shown), errors);
    }

    /// <summary>
    /// Whether a Host header may be answered. A page of a foreign name that was made to point here (DNS rebinding) comes with that name; an
    /// address in numbers cannot be rebound, so a server open to a network answers to any.
    /// </summary>
    public bool Answers(HostString host) =>
        host.HasValue && (names.Contains(host.Host) || (!IsLoopbackOnly && IPAddress.TryParse(host.Host.Trim('[', ']'), out _)));

    /// <summary>http or https, as the browser sees it: https where the proxy of that name speaks it.</summary>
    public string SchemeOf(HostString host) =>
        publicAddresses.FirstOrDefault(a => string.Equals(a.Authority, host.Value, StringComparison.OrdinalIgnoreCase))?.Scheme ?? Uri.UriSchemeHttp;

    private static BindingAddress? TryRead(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme == "http" && address.PathBase.Length == 0 && !address.IsUnixPipe && !address.IsNamedPipe && address.Port is >= 0 and <= 65535
                && address.Host.Length > 0
                ? address
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
