using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace AiaiaiDashboard.Security;

/// <summary>The keys by which programs enter: the local one of <c>.lock</c>, and the API keys of the environment.</summary>
/// <param name="local">Key of this run.</param>
/// <param name="apiKeys">Configured keys, the primary first.</param>
public sealed class AccessKeys(LocalKey local, IReadOnlyList<string> apiKeys)
{
    private const string Bearer = "Bearer ";

    private readonly byte[][] hashes = [.. apiKeys.Append(local.Text).Select(Hash)];

    /// <summary>Whether a request claims to have a key.</summary>
    public static bool AreMentioned(HttpRequest request) =>
        request.Headers.ContainsKey(LocalKey.HeaderName) || (request.Headers.Authorization is [{ } value] && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a request carries a valid key, in one header only. Takes the same time for each key and wherever the texts differ.</summary>
    public bool AreIn(HttpRequest request)
    {
        if (Sent(request) is not { } sent)
        {
            return false;
        }

        byte[] asked = Hash(sent);
        bool found = false;
        foreach (byte[] hash in hashes)
        {
            found |= CryptographicOperations.FixedTimeEquals(asked, hash);
        }

        return found;
    }

    private static string? Sent(HttpRequest request)
    {
        StringValues own = request.Headers[LocalKey.HeaderName];
        StringValues bearer = request.Headers.Authorization;
        return (own, bearer) switch
        {
            ([{ Length: > 0 } value], []) => value,
            ([], [{ } value]) when value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) => value[Bearer.Length..].Trim(),
            _ => null,
        };
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
