using System.Runtime.CompilerServices;
using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>Applies an asynchronous function to each record: a call of a service, a query.</summary>
    /// <param name="function">Called once per record and attempt, in tasks, several at a time; it goes on on threads of the pool. Its token is cancelled with the batch.</param>
    /// <param name="options">How many calls at once, in which order, time-outs and retries; the defaults when null.</param>
    /// <exception cref="ArgumentException">A setting has a value that it cannot have; the message names both.</exception>
    [OverloadResolutionPriority(1)] // An asynchronous lambda could be either.
    public DStream<TOut> MapAsync<TOut>(Func<T, CancellationToken, ValueTask<TOut>> function, AsyncStepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Derive(AsyncOperators.Map(Node, function, options));
    }

    /// <inheritdoc cref="MapAsync{TOut}(Func{T, CancellationToken, ValueTask{TOut}}, AsyncStepOptions)"/>
    public DStream<TOut> MapAsync<TOut>(Func<T, CancellationToken, Task<TOut>> function, AsyncStepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Derive(AsyncOperators.Map(Node, (record, cancellation) => new ValueTask<TOut>(function(record, cancellation)), options, function));
    }
}
