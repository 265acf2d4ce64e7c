using System.Security.Cryptography;
using System.Text;

namespace AiaiaiDashboard.Security;

/// <summary>
/// The link that lets a browser in, once. There is one at a time: making another ends the one before. Only its hash is kept.
/// Thread-safe.
/// </summary>
public sealed class LoginLink(TimeProvider time)
{
    /// <summary>How long an unused link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Secret bits of a link.</summary>
    public const int Bits = 128;

    private readonly Lock gate = new();
    private byte[]? hash;
    private DateTimeOffset expiresAt;

    /// <summary>A new token, 32 hexadecimal digits.</summary>
    public string Make()
    {
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bits / 8));
        lock (gate)
        {
            hash = Hash(token);
            expiresAt = time.GetUtcNow() + Lifetime;
        }

        return token;
    }

    /// <summary>Whether this is the token; if so, it is none from now on. Takes the same time wherever the texts differ.</summary>
    public bool TryUse(string? token)
    {
        byte[] asked = Hash(token is { Length: <= 256 } ? token : "");
        lock (gate)
        {
            if (hash is null || !CryptographicOperations.FixedTimeEquals(asked, hash) || time.GetUtcNow() > expiresAt)
            {
                return false;
            }

            hash = null;
            return true;
        }
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
