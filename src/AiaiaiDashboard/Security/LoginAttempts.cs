using System.Net;
using System.Net.Sockets;

namespace AiaiaiDashboard.Security;

/// <summary>
/// Counts failed attempts to sign in: per address (IPv6: per network of 64 bits, which is one customer's) and in all. Who has too many waits until
/// the oldest is ten minutes old. Bounded by the limit for all. Thread-safe.
/// </summary>
public sealed class LoginAttempts(TimeProvider time)
{
    /// <summary>Failures within <see cref="Window"/> after which an address waits.</summary>
    public const int MaxPerAddress = 10;

    /// <summary>Failures within <see cref="Window"/> after which everybody waits: guessing from many addresses.</summary>
    public const int MaxInAll = 100;

    /// <summary>How long a failure counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly Queue<(DateTimeOffset At, string From)> failures = new();

    /// <summary>How long an address still has to wait; null: it may try.</summary>
    public TimeSpan? Wait(IPAddress? address)
    {
        string from = Network(address);
        lock (gate)
        {
            DropOld();
            int excess = failures.Count - MaxInAll;
            if (excess >= 0)
            {
                return Left(failures.Peek().At);
            }

            DateTimeOffset[] own = [.. failures.Where(f => f.From == from).Select(f => f.At)];
            return own.Length >= MaxPerAddress ? Left(own[^MaxPerAddress]) : null;
        }
    }

    /// <summary>Remembers a failed attempt.</summary>
    public void Failed(IPAddress? address)
    {
        lock (gate)
        {
            DropOld();
            if (failures.Count < MaxInAll)
            {
                failures.Enqueue((time.GetUtcNow(), Network(address)));
            }
        }
    }

    private void DropOld()
    {
        DateTimeOffset oldest = time.GetUtcNow() - Window;
        while (failures.TryPeek(out (DateTimeOffset At, string) first) && first.At <= oldest)
        {
            failures.Dequeue();
        }
    }

    private TimeSpan Left(DateTimeOffset at)
    {
        TimeSpan left = at + Window - time.GetUtcNow();
        return left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);
    }

    private static string Network(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes(), 0, 8) : address.ToString();
    }
}
