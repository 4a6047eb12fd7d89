using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CodegenStreaming.Tests.Sources;

/// <summary>A real TCP server on loopback; the test says what it sends.</summary>
internal sealed class TextServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public TextServer() => _listener.Start();

    public static string Host => "127.0.0.1";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public bool HasCaller => _listener.Pending();

    public async Task<TextConnection> AcceptAsync()
    {
        var client = await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        client.NoDelay = true;
        return new TextConnection(client);
    }

    public void Dispose() => _listener.Dispose();
}

internal sealed class TextConnection(TcpClient client) : IDisposable
{
    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) =>
        await client.GetStream().WriteAsync(bytes, TestContext.Current.CancellationToken);

    /// <summary>Ends without a goodbye: the peer's next read fails.</summary>
    public void Reset()
    {
        client.Client.LingerState = new LingerOption(true, 0);
        client.Client.Close(); // Disposing of the client would take its leave first.
    }

    public void Dispose() => client.Dispose();
}
