using System.Net.Sockets;

namespace CodegenStreaming.Sources;

/// <summary>
/// Connects, reads until the connection ends, waits, connects again, until the input is stopped. The server need not be there yet.
/// </summary>
internal abstract class SocketInput<T>(string operatorName, SocketEndpoint endpoint) : ReceiverInput<T>(operatorName)
{
    public sealed override string Name => "Socket stream";

    public sealed override bool IsExternal => true;

    protected SocketEndpoint Endpoint => endpoint;

    protected sealed override async Task ReceiveAsync()
    {
        while (!Stopping.IsCancellationRequested)
        {
            await ReceiveOneConnectionAsync().ConfigureAwait(false);
            await Task.Delay(endpoint.RestartDelay, Services.Time, Stopping).ConfigureAwait(false);
        }
    }

    /// <summary>Reads one connection to its end.</summary>
    protected abstract Task ReadAsync(Stream stream);

    private async Task ReceiveOneConnectionAsync()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        if (!await TryConnectAsync(socket).ConfigureAwait(false))
        {
            return;
        }

        Services.Logger.SocketConnected(LogName, endpoint.Host, endpoint.Port);
        try
        {
            var stream = new ReceivingStream(socket, Stopping);
            await using (stream.ConfigureAwait(false))
            {
                await ReadAsync(stream).ConfigureAwait(false);
            }

            if (!Stopping.IsCancellationRequested)
            {
                Services.Logger.SocketClosed(LogName, endpoint.Host, endpoint.Port, endpoint.RestartDelay.TotalSeconds);
                ReportError($"{endpoint.Host}:{endpoint.Port} closed the connection", null);
            }
        }
        catch (Exception exception) when (exception is SocketException || exception is IOException { InnerException: SocketException })
        {
            Services.Logger.SocketLost(LogName, endpoint.Host, endpoint.Port, exception.Message, endpoint.RestartDelay.TotalSeconds);
            ReportError(exception.Message, exception);
        }
#pragma warning disable CA1031 // What the user's converter throws ends this connection only.
        catch (Exception exception) when (!Stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Services.Logger.SocketConverterFailed(exception, LogName, endpoint.Host, endpoint.Port, endpoint.RestartDelay.TotalSeconds);
            ReportError(exception.Message, exception);
        }
    }

    private async Task<bool> TryConnectAsync(Socket socket)
    {
        try
        {
            // A peer that vanished without a word is noticed in the end.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            await socket.ConnectAsync(endpoint.Host, endpoint.Port, Stopping).ConfigureAwait(false);
            return true;
        }
        catch (SocketException exception)
        {
            Services.Logger.SocketConnectFailed(LogName, endpoint.Host, endpoint.Port, exception.Message, endpoint.RestartDelay.TotalSeconds);
            ReportError(exception.Message, exception);
            return false;
        }
    }
}
