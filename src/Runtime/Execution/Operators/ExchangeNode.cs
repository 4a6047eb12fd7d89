namespace CodegenStreaming.Execution.Operators;

/// <summary>An operator behind an exchange: its result is computed once per scope and kept in blocks.</summary>
internal abstract class ExchangeNode<T>(string operatorName, DatasetNode parent, params Delegate[] functions)
    : DatasetNode<T>(operatorName, [parent], functions)
{
    public sealed override bool IsMaterialized => true;

    public sealed override IEnumerable<T> Compute(TaskScope task, int partition) => task.Scope.Materialize(this).Blocks[partition].Read();

    public abstract override Materialized<T> Evaluate(EvaluationScope scope);

    protected sealed override int ComputedPartitionCount(EvaluationScope scope) => scope.Materialize(this).Blocks.Length;
}
