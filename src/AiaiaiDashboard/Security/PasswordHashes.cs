using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AiaiaiDashboard.Security;

/// <summary>Hashes of the dashboard's password: PBKDF2 with HMAC-SHA512 and a salt of its own each time.</summary>
public static class PasswordHashes
{
    /// <summary>Shortest password, in characters.</summary>
    public const int MinLength = 12;

    /// <summary>Longest password that is looked at: hashing takes time.</summary>
    public const int MaxLength = 1024;

    private const int Iterations = 210_000;

    // Format 3 of the framework: a marker byte, what the hash was made with, salt and hash.
    private const byte Format = 1;
    private const int MinBytes = 13 + 16 + 16;

    private static readonly PasswordHasher<string> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));

    /// <summary>A new hash.</summary>
    public static string Make(string password) => Hasher.HashPassword("", password);

    /// <summary>Whether a text is such a hash.</summary>
    public static bool IsOne(string text)
    {
        Span<byte> bytes = stackalloc byte[256];
        return text.Length <= 256 && Convert.TryFromBase64String(text, bytes, out int length) && length >= MinBytes && bytes[0] == Format;
    }

    /// <summary>Whether the password is the one that was hashed. Takes as long for a wrong one.</summary>
    public static bool Matches(string hash, string? password) =>
        password is { Length: > 0 and <= MaxLength } && Hasher.VerifyHashedPassword("", hash, password) != PasswordVerificationResult.Failed;
}
