using System.Runtime.CompilerServices;
using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

/// <content>One form for each type that such functions give, since the compiler does not infer the elements' type through a task.</content>
public partial class DStream<T>
{
    /// <summary>Applies an asynchronous function to each record and gives the elements of its results, one after another.</summary>
    /// <param name="function">Called once per record and attempt, in tasks, several at a time; it goes on on threads of the pool. Its token is cancelled with the batch.</param>
    /// <param name="options">How many calls at once, in which order, time-outs and retries; the defaults when null.</param>
    /// <exception cref="ArgumentException">A setting has a value that it cannot have; the message names both.</exception>
    [OverloadResolutionPriority(1)] // An asynchronous lambda could be either.
    public DStream<TOut> FlatMapAsync<TOut>(Func<T, CancellationToken, ValueTask<IEnumerable<TOut>>> function, AsyncStepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Derive(AsyncOperators.FlatMap<T, IEnumerable<TOut>, TOut>(Node, function, options));
    }

    /// <inheritdoc cref="FlatMapAsync{TOut}(Func{T, CancellationToken, ValueTask{IEnumerable{TOut}}}, AsyncStepOptions)"/>
    public DStream<TOut> FlatMapAsync<TOut>(Func<T, CancellationToken, Task<IEnumerable<TOut>>> function, AsyncStepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Derive(AsyncOperators.FlatMap<T, IEnumerable<TOut>, TOut>(Node, (record, cancellation) => new ValueTask<IEnumerable<TOut>>(function(record, cancellation)), options, function));
    }

    /// <inheritdoc cref="FlatMapAsync{TOut}(Func{T, CancellationToken, ValueTask{IEnumerable{TOut}}}, AsyncStepOptions)"/>
    [OverloadResolutionPriority(1)] // An asynchronous lambda could be either.
    public DStream<TOut> FlatMapAsync<TOut>(Func<T, CancellationToken, ValueTask<IReadOnlyList<TOut>>> function, AsyncStepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Derive(AsyncOperators.FlatMap<T, IReadOnlyList<TOut>, TOut>(Node, function, options));
    }

    /// <inheritdoc cref="FlatMapAsync{TOut}(Func{T, CancellationToken, ValueTask{IEnumerable{TOut}}}, AsyncStepOptions)"/>
    public DStream<TOut> FlatMapAsync<TOut>(Func<T, CancellationToken, Task<IReadOnlyList<TOut>>> function, AsyncStepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Derive(AsyncOperators.FlatMap<T, IReadOnlyList<TOut>, TOut>(Node, (record, cancellation) => new ValueTask<IReadOnlyList<TOut>>(function(record, cancellation)), options, function));
    }

    /// <inheritdoc cref="FlatMapAsync{TOut}(Func{T, CancellationToken, ValueTask{IEnumerable{TOut}}}, AsyncStepOptions)"/>
    [OverloadResolutionPriority(1)] // An asynchronous lambda could be either.
    public DStream<TOut> FlatMapAsync<TOut>(Func<T, CancellationToken, ValueTask<List<TOut>>> function, AsyncStepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Derive(AsyncOperators.FlatMap<T, List<TOut>, TOut>(Node, function, options));
    }

    /// <inheritdoc cref="FlatMapAsync{TOut}(Func{T, CancellationToken, ValueTask{IEnumerable{TOut}}}, AsyncStepOptions)"/>
    public DStream<TOut> FlatMapAsync<TOut>(Func<T, CancellationToken, Task<List<TOut>>> function, AsyncStepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Derive(AsyncOperators.FlatMap<T, List<TOut>, TOut>(Node, (record, cancellation) => new ValueTask<List<TOut>>(function(record, cancellation)), options, function));
    }

    /// <inheritdoc cref="FlatMapAsync{TOut}(Func{T, CancellationToken, ValueTask{IEnumerable{TOut}}}, AsyncStepOptions)"/>
    [OverloadResolutionPriority(1)] // An asynchronous lambda could be either.
    public DStream<TOut> FlatMapAsync<TOut>(Func<T, CancellationToken, ValueTask<TOut[]>> function, AsyncStepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Derive(AsyncOperators.FlatMap<T, TOut[], TOut>(Node, function, options));
    }

    /// <inheritdoc cref="FlatMapAsync{TOut}(Func{T, CancellationToken, ValueTask{IEnumerable{TOut}}}, AsyncStepOptions)"/>
    public DStream<TOut> FlatMapAsync<TOut>(Func<T, CancellationToken, Task<TOut[]>> function, AsyncStepOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Derive(AsyncOperators.FlatMap<T, TOut[], TOut>(Node, (record, cancellation) => new ValueTask<TOut[]>(function(record, cancellation)), options, function));
    }
}
