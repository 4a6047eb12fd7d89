namespace CodegenStreaming.Execution.Asynchronous;

/// <summary>The function of an asynchronous step, and how it is called: the same for all tasks of the operator, so that they share its limit.</summary>
internal sealed class AsyncFunction<TIn, TResult>(DatasetNode node, Func<TIn, CancellationToken, ValueTask<TResult>> function, AsyncStepOptions options)
{
    public DatasetNode Node => node;

    public AsyncStepOptions Options => options;

    public AsyncLimit Limit { get; } = new(options.MaxConcurrency);

    public ValueTask<TResult> Invoke(TIn record, CancellationToken cancellation) => function(record, cancellation);
}
