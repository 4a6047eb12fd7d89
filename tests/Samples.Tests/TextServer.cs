using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CodegenStreaming.Samples.Tests;

/// <summary>A server with one client, to which the test sends what it likes.</summary>
internal sealed class TextServer : IDisposable
{
    private readonly TcpListener _listener;
    private TcpClient? _client;

    public TextServer(int port = 0)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
    }

    public string Port => ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Sends text to the client, once there is one.</summary>
    public async Task SendAsync(string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        _client ??= await _listener.AcceptTcpClientAsync(limit.Token);
        await _client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text), limit.Token);
    }

    public void Dispose()
    {
        _client?.Dispose();
        _listener.Dispose();
    }
}
