using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>What has been left out of a batch when it is first asked for.</summary>
internal sealed class DeadLetterNode() : DatasetNode<PoisonRecord>("DeadLetters", [])
{
    public override bool IsMaterialized => true;

    public override bool CanBeRecomputed => false;

    public override bool IsLeftOver => true;

    public override IEnumerable<PoisonRecord> Compute(TaskScope task, int partition) => ReadMaterialized(task, partition).Read();

    public override Materialized<PoisonRecord> Evaluate(EvaluationScope scope, int[]? wanted)
    {
        var records = scope.TakePoison();
        return records.Length == 0 ? Materialized<PoisonRecord>.Empty : new Materialized<PoisonRecord>([new ArrayBlock<PoisonRecord>(records, records.Length, pool: null)]);
    }

    protected override int ComputedPartitionCount(EvaluationScope scope) => scope.Materialize(this).Count;
}
