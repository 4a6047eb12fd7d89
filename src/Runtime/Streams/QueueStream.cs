using CodegenStreaming.Sources;

namespace CodegenStreaming;

public sealed partial class StreamingContext
{
    /// <summary>
    /// The elements of a queue as batches: for tests and trials. Each element is cut into as many partitions as the context has by default.
    /// A graceful stop does not wait until the queue is empty.
    /// </summary>
    /// <param name="queue">Read at each batch time, under <c>lock (queue)</c>: whoever adds while the context runs takes the same lock.</param>
    /// <param name="oneAtATime">True (the default) to take one element for each batch, false to take all.</param>
    /// <param name="defaultRecords">The batch when the queue is empty; null for an empty batch.</param>
    /// <typeparam name="T">The record type.</typeparam>
    public DStream<T> QueueStream<T>(Queue<IEnumerable<T>> queue, bool oneAtATime = true, IEnumerable<T>? defaultRecords = null) =>
        AddQueue<T, IEnumerable<T>>(queue, oneAtATime, defaultRecords);

    /// <summary>
    /// The elements of a queue as batches: for tests and trials. Each element is cut into as many partitions as the context has by default.
    /// A graceful stop does not wait until the queue is empty.
    /// </summary>
    /// <param name="queue">Read at each batch time, under <c>lock (queue)</c>: whoever adds while the context runs takes the same lock.</param>
    /// <param name="oneAtATime">True (the default) to take one element for each batch, false to take all.</param>
    /// <param name="defaultRecords">The batch when the queue is empty; null for an empty batch.</param>
    /// <typeparam name="T">The record type.</typeparam>
    public DStream<T> QueueStream<T>(Queue<T[]> queue, bool oneAtATime = true, IEnumerable<T>? defaultRecords = null) =>
        AddQueue<T, T[]>(queue, oneAtATime, defaultRecords);

    private DStream<T> AddQueue<T, TRecords>(Queue<TRecords> queue, bool oneAtATime, IEnumerable<T>? defaultRecords)
        where TRecords : IEnumerable<T>
    {
        ArgumentNullException.ThrowIfNull(queue);
        var input = new QueueInput<T, TRecords>(queue, oneAtATime, defaultRecords?.ToArray());
        return AddInput(input, input.Node);
    }
}
