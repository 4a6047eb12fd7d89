using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CodegenStreaming.Samples;

/// <summary>A text server on loopback: sends the project's documentation over and over, line by line, to whoever connects.</summary>
internal sealed class DocumentationServer : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly byte[][] _lines = [.. ReadLines()];
    private readonly int _linesPerSecond;

    public DocumentationServer(int linesPerSecond)
    {
        _linesPerSecond = linesPerSecond;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The port, chosen by the operating system.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = SendAsync(await _listener.AcceptTcpClientAsync(_stopping.Token), _stopping.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The program is ending.
        }
    }

    private async Task SendAsync(TcpClient client, CancellationToken cancellation)
    {
        try
        {
            using (client)
            using (var timer = new PeriodicTimer(Tick))
            {
                await using var stream = new BufferedStream(client.GetStream(), 64 * 1024);
                var start = Stopwatch.GetTimestamp();
                var sent = 0L;
                while (await timer.WaitForNextTickAsync(cancellation))
                {
                    for (var due = (long)(Stopwatch.GetElapsedTime(start).TotalSeconds * _linesPerSecond); sent < due; sent++)
                    {
                        await stream.WriteAsync(_lines[sent % _lines.Length], cancellation);
                    }

                    await stream.FlushAsync(cancellation);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The reader is gone, or the program is ending.
        }
    }

    private static IEnumerable<byte[]> ReadLines()
    {
        var assembly = typeof(DocumentationServer).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            while (reader.ReadLine() is { } line)
            {
                yield return Encoding.UTF8.GetBytes(line + "\n");
            }
        }
    }
}
