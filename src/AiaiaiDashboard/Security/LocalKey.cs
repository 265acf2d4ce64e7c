using System.Security.Cryptography;
using System.Text;

namespace AiaiaiDashboard.Security;

/// <summary>The secret by which a process of the same user proves itself: written to <c>.lock</c>, new at every start of a server.</summary>
public sealed class LocalKey
{
    /// <summary>The header that carries it.</summary>
    public const string HeaderName = "X-Aiaiai-Key";

    private readonly byte[] bytes;

    /// <summary>A new key of 256 bits.</summary>
    public LocalKey()
    {
        Text = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        bytes = Encoding.ASCII.GetBytes(Text);
    }

    /// <summary>The key.</summary>
    public string Text { get; }

    /// <summary>Whether a request carries it, once. Takes the same time wherever the texts differ.</summary>
    public bool IsIn(HttpRequest request) =>
        request.Headers.TryGetValue(HeaderName, out Microsoft.Extensions.Primitives.StringValues values)
        && values is [{ } value]
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(value), bytes);
}
