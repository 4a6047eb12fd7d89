namespace CodegenStreaming.Execution.Operators;

/// <summary>The operators whose functions are awaited. A function that returns a <see cref="Task"/> is adapted once, not for each record.</summary>
internal static class AsyncOperators
{
    public static DatasetNode<TOut> Map<TIn, TOut>(
        DatasetNode<TIn> parent, Func<TIn, CancellationToken, ValueTask<TOut>> function, AsyncStepOptions? options, Delegate? userFunction = null) =>
        new AsyncNode<TIn, TOut, TOut>(
            "MapAsync", parent, function, Of(options), static calls => calls.Select(call => call.Result), userFunction ?? function);

    public static DatasetNode<TOut> FlatMap<TIn, TResult, TOut>(
        DatasetNode<TIn> parent, Func<TIn, CancellationToken, ValueTask<TResult>> function, AsyncStepOptions? options, Delegate? userFunction = null)
        where TResult : IEnumerable<TOut> =>
        new AsyncNode<TIn, TResult, TOut>(
            "FlatMapAsync", parent, function, Of(options), static calls => calls.SelectMany(call => (IEnumerable<TOut>)call.Result), userFunction ?? function);

    public static DatasetNode<T> Filter<T>(
        DatasetNode<T> parent, Func<T, CancellationToken, ValueTask<bool>> predicate, AsyncStepOptions? options, Delegate? userFunction = null) =>
        new AsyncNode<T, bool, T>(
            "FilterAsync", parent, predicate, Of(options), static calls => calls.Where(call => call.Result).Select(call => call.Record), userFunction ?? predicate)
        { KeepsKeys = true };

    /// <summary>The step of an action: nothing comes of it but that it was done, in whatever order.</summary>
    public static DatasetNode<bool> Foreach<T>(
        DatasetNode<T> parent, Func<T, CancellationToken, ValueTask<bool>> action, AsyncStepOptions? options, Delegate userFunction) =>
        new AsyncNode<T, bool, bool>("ForeachAsync", parent, action, Of(options) with { Ordered = false }, static calls => calls.Select(call => call.Result), userFunction);

    private static AsyncStepOptions Of(AsyncStepOptions? options) => options?.Validated() ?? AsyncStepOptions.Default;
}
