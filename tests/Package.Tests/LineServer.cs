using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CodegenStreaming.Package.Tests;

/// <summary>A text server on loopback: whoever connects gets one line, more when the test asks for them, and the connection stays open.</summary>
internal sealed class LineServer : IAsyncDisposable
{
    private static readonly byte[] Line = Encoding.UTF8.GetBytes("to be or not to be\n");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Socket> _clients = [];
    private readonly Task _accepting;

    public LineServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Host and port, as the programs take them.</summary>
    public string[] Address => ["127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)];

    /// <summary>Sends the line to every client that is still there, time and again, until something has happened.</summary>
    public async Task SendUntilAsync(Task happened)
    {
        while (!happened.IsCompleted)
        {
            foreach (var client in Clients())
            {
                Send(client);
            }

            await Task.WhenAny(happened, Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken));
        }

        await happened;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
        foreach (var client in Clients())
        {
            client.Dispose();
        }
    }

    private static void Send(Socket client)
    {
        try
        {
            client.Send(Line);
        }
        catch (SocketException)
        {
            // The program was restarted; its next connection gets the line.
        }
    }

    private Socket[] Clients()
    {
        lock (_clients)
        {
            return [.. _clients];
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                Send(client);
                lock (_clients)
                {
                    _clients.Add(client);
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
