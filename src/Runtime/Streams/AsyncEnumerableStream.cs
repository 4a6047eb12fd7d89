using CodegenStreaming.Sources;

namespace CodegenStreaming;

public sealed partial class StreamingContext
{
    /// <summary>
    /// The records of an asynchronous sequence, enumerated once. While received, unprocessed data is at its bound the next record is not asked for.
    /// The stream ends quietly with the sequence; an exception of the sequence is logged and ends the stream too, after what came before it.
    /// </summary>
    /// <param name="records">The sequence. Its cancellation token is cancelled when the context stops.</param>
    /// <typeparam name="T">The record type.</typeparam>
    public DStream<T> AsyncEnumerableStream<T>(IAsyncEnumerable<T> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        var input = new AsyncEnumerableInput<T>(records);
        return AddInput(input, input.Node);
    }
}
