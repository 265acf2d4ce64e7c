using System.Net.Sockets;
using System.Text;

namespace AiaiaiDashboard.Integration.Tests.Security;

/// <summary>Bytes to the server and back, as no well-behaved client sends them.</summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly TcpClient client = new();

    public static async Task<RawConnection> OpenAsync(string address)
    {
        var connection = new RawConnection();
        var uri = new Uri(address);
        await connection.client.ConnectAsync(uri.Host, uri.Port);
        return connection;
    }

    public async Task SendAsync(string text) => await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>What the server sends until it closes the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        using var answer = new MemoryStream();
        try
        {
            await client.GetStream().CopyToAsync(answer, limit.Token);
        }
        catch (IOException)
        {
            // Closed without a goodbye.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    public void Dispose() => client.Dispose();
}
