using System.Net.Sockets;

namespace CodegenStreaming.Sources;

/// <summary>
/// The receiving side of a socket. Once the input is being stopped it yields what has arrived already and then ends, as if the peer
/// had closed the connection; so whoever reads it stops in good order.
/// </summary>
internal sealed class ReceivingStream(Socket socket, CancellationToken stopping) : Stream
{
    // More than the buffers of both ends hold, usually. A peer that sends without end must not keep the input from stopping.
    private const int MostAfterStop = 16 * 1024 * 1024;

    private int _afterStop;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!stopping.IsCancellationRequested)
        {
            if (socket.Available > 0)
            {
                return await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false);
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
            try
            {
                return await socket.ReceiveAsync(buffer, SocketFlags.None, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
            }
        }

        return await ReadLeftAsync(buffer, cancellationToken).ConfigureAwait(false);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The stream is read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask<int> ReadLeftAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_afterStop >= MostAfterStop || socket.Available == 0)
        {
            _afterStop = MostAfterStop;
            return 0;
        }

        var read = await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false);
        _afterStop += read;
        return read;
    }
}
