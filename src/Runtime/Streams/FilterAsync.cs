using System.Runtime.CompilerServices;
using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>Keeps the records for which an asynchronous function says so.</summary>
    /// <param name="predicate">Called once per record and attempt, in tasks, several at a time; it goes on on threads of the pool. Its token is cancelled with the batch.</param>
    /// <param name="options">How many calls at once, in which order, time-outs and retries; the defaults when null.</param>
    /// <exception cref="ArgumentException">A setting has a value that it cannot have; the message names both.</exception>
    [OverloadResolutionPriority(1)] // An asynchronous lambda could be either.
    public DStream<T> FilterAsync(Func<T, CancellationToken, ValueTask<bool>> predicate, AsyncStepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return Derive(AsyncOperators.Filter(Node, predicate, options));
    }

    /// <inheritdoc cref="FilterAsync(Func{T, CancellationToken, ValueTask{bool}}, AsyncStepOptions)"/>
    public DStream<T> FilterAsync(Func<T, CancellationToken, Task<bool>> predicate, AsyncStepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return Derive(AsyncOperators.Filter(Node, (record, cancellation) => new ValueTask<bool>(predicate(record, cancellation)), options, predicate));
    }
}
