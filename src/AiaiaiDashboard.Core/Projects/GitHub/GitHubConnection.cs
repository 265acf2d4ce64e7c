using System.Net;
using System.Reflection;
using AiaiaiDashboard.Core.Usage.AnthropicAdmin;
using Octokit;
using Octokit.Internal;

namespace AiaiaiDashboard.Core.Projects.GitHub;

/// <summary>The way to the API of GitHub: address, token, and what an answer may be.</summary>
internal static class GitHubConnection
{
    /// <summary>Environment variable of the token: the only place it comes from.</summary>
    public const string TokenVariable = "GITHUB_TOKEN";

    /// <summary>Environment variable of another address, for tests; accepted on loopback alone, so that the token cannot be led elsewhere.</summary>
    public const string AddressVariable = "AIAIAI_GITHUB_URL";

    /// <summary>Largest answer, in bytes; a repository takes 7 KB.</summary>
    public const int MaxBody = 1 << 20;

    private static readonly Uri Production = new("https://api.github.com/");

    /// <summary>The address of the API; null where the override is no loopback address.</summary>
    /// <param name="environment">Environment variables by name.</param>
    public static Uri? Address(Func<string, string?> environment)
    {
        string? other = environment(AddressVariable);
        return string.IsNullOrWhiteSpace(other) ? Production
            : Uri.TryCreate(other, UriKind.Absolute, out Uri? address) && address.IsLoopback && address.Scheme is "http" or "https" ? address
            : null;
    }

    /// <summary>Whether a token can be sent at all; see <see cref="AdminConnection.IsKey"/>.</summary>
    public static bool IsToken(string token) => AdminConnection.IsKey(token);

    /// <summary>A connection that asks again only for what has changed.</summary>
    /// <param name="address">From <see cref="Address"/>.</param>
    /// <param name="token">The token.</param>
    /// <param name="etags">Path of a resource to what its last answer was called.</param>
    public static Connection Create(Uri address, string token, IReadOnlyDictionary<string, string> etags)
    {
        string version = typeof(GitHubConnection).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
        var connection = new Connection(
            new ProductHeaderValue("AiaiaiDashboard", version),
            address,
            new InMemoryCredentialStore(new Credentials(token)),
            new HttpClientAdapter(() => new Guard(address, etags)),
            new SimpleJsonSerializer());
        // The limit of the reader applies instead: it goes by the given clock.
        connection.SetRequestTimeout(Timeout.InfiniteTimeSpan);
        return connection;
    }

    /// <summary>Lets nothing go to another host, and nothing larger than <see cref="MaxBody"/> come back.</summary>
    private sealed class Guard : DelegatingHandler
    {
        private readonly Uri address;
        private readonly IReadOnlyDictionary<string, string> etags;

        public Guard(Uri address, IReadOnlyDictionary<string, string> etags)
            : base(new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = !address.IsLoopback,
                ConnectTimeout = TimeSpan.FromSeconds(15),
                MaxResponseHeadersLength = 64,
                AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            })
        {
            this.address = address;
            this.etags = etags;
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // A renamed repository redirects to its number on the same host, which Octokit follows.
            if (request.RequestUri is not { } target || Uri.Compare(target, address, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) != 0)
            {
                throw new HttpRequestException("it redirects to another address, which is not followed.");
            }

            if (etags.TryGetValue(target.AbsolutePath, out string? etag))
            {
                request.Headers.TryAddWithoutValidation("If-None-Match", etag);
            }

            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            try
            {
                await response.Content.LoadIntoBufferAsync(MaxBody, cancellationToken);
                return response;
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
    }
}
