using System.IO.Pipelines;
using CodegenStreaming.Sources;

namespace CodegenStreaming;

public sealed partial class StreamingContext
{
    /// <summary>
    /// Lines of text from a TCP server. Lines end with LF or CR LF; the last one before the server closes the connection needs no line end;
    /// malformed UTF-8 becomes U+FFFD. A server that is not there, or closes the connection, is tried again after
    /// <see cref="SocketStreamOptions.RestartDelay"/>. Lines received and not yet processed are lost when the process dies.
    /// </summary>
    /// <param name="host">The server's name or address.</param>
    /// <param name="port">The server's port, 1 to 65535.</param>
    /// <param name="options">Limits and delays; null for the defaults.</param>
    public DStream<string> SocketTextStream(string host, int port, SocketStreamOptions? options = null)
    {
        var input = new SocketLinesInput<string>(
            "SocketTextStream", SocketEndpoint.Create(host, port, options), static pool => new StringLineBuffer(pool));
        return AddInput(input, input.Node);
    }

    /// <summary>
    /// The same as <see cref="SocketTextStream"/> with lines as UTF-8 in the block's memory: nothing is allocated for a line, and its bytes are
    /// as the server sent them, also where they are no valid UTF-8.
    /// </summary>
    /// <param name="host">The server's name or address.</param>
    /// <param name="port">The server's port, 1 to 65535.</param>
    /// <param name="options">Limits and delays; null for the defaults.</param>
    public DStream<Utf8Slice> SocketUtf8Stream(string host, int port, SocketStreamOptions? options = null)
    {
        var input = new SocketLinesInput<Utf8Slice>(
            "SocketUtf8Stream", SocketEndpoint.Create(host, port, options), static pool => new Utf8LineBuffer(pool));
        return AddInput(input, input.Node);
    }

    /// <summary>
    /// Records of any protocol from a TCP server. The function is called for each connection with its bytes; it yields the records that it finds
    /// and returns at the end of the bytes. Its failure is logged, and the connection opened again after
    /// <see cref="SocketStreamOptions.RestartDelay"/>. While there is no room for more records it is not asked for the next one.
    /// </summary>
    /// <param name="host">The server's name or address.</param>
    /// <param name="port">The server's port, 1 to 65535.</param>
    /// <param name="converter">
    /// Usually an async iterator that reads, yields each whole record and advances the reader. It bounds the length of its records itself.
    /// The token is cancelled at a stop that is not graceful; at a graceful one the bytes end.
    /// </param>
    /// <param name="options">The delay; null for the default.</param>
    /// <typeparam name="T">The record type.</typeparam>
    public DStream<T> SocketStream<T>(
        string host, int port, Func<PipeReader, CancellationToken, IAsyncEnumerable<T>> converter, SocketStreamOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(converter);
        var input = new SocketRecordsInput<T>(SocketEndpoint.Create(host, port, options), converter);
        return AddInput(input, input.Node);
    }
}
