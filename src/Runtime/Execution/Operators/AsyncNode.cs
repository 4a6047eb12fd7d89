using CodegenStreaming.Execution.Asynchronous;

namespace CodegenStreaming.Execution.Operators;

/// <summary>
/// An asynchronous step: the chains before and behind it are loops of their own. All its tasks share one limit of calls, in all batches where it belongs to
/// a stream.
/// </summary>
internal sealed class AsyncNode<TIn, TResult, TOut> : DatasetNode<TOut>
{
    private readonly DatasetNode<TIn> _parent;
    private readonly AsyncFunction<TIn, TResult> _function;
    private readonly Func<IEnumerable<(TIn Record, TResult Result)>, IEnumerable<TOut>> _apply;

    /// <param name="operatorName">The operator's name as the user wrote it.</param>
    /// <param name="parent">The records.</param>
    /// <param name="function">The function.</param>
    /// <param name="options">How it is called.</param>
    /// <param name="apply">What the operator makes of records and their results.</param>
    /// <param name="userFunction">The function as the user gave it.</param>
    public AsyncNode(
        string operatorName,
        DatasetNode<TIn> parent,
        Func<TIn, CancellationToken, ValueTask<TResult>> function,
        AsyncStepOptions options,
        Func<IEnumerable<(TIn Record, TResult Result)>, IEnumerable<TOut>> apply,
        Delegate userFunction)
        : base(operatorName, [parent], userFunction)
    {
        (_parent, _apply) = (parent, apply);
        _function = new AsyncFunction<TIn, TResult>(this, function, options);
    }

    /// <summary>True for an operator whose pairs have the keys of the pairs that it makes them of.</summary>
    public bool KeepsKeys { get; init; }

    public override object? PartitionerOf(EvaluationScope scope) => KeepsKeys ? _parent.PartitionerOf(scope) : null;

    public override bool HasNoRecords(EvaluationScope scope, int partition) =>
        IsMaterialized ? base.HasNoRecords(scope, partition) : _parent.HasNoRecords(scope, partition);

    public override IEnumerable<TOut> Compute(TaskScope task, int partition)
    {
        var records = _parent.Read(task, partition);
        return _apply(task switch
        {
            { IsAttributing: false } => AsyncStep<TIn, TResult>.Run(_function, task, partition, records),
            _ when task.FindNotes(this, partition) is AsyncNotes<TIn, TResult> notes => notes.Replay(records),
            _ => [],
        });
    }

    protected override int ComputedPartitionCount(EvaluationScope scope) => _parent.PartitionCount(scope);
}
