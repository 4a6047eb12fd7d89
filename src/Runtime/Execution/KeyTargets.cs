namespace CodegenStreaming.Execution;

/// <summary>Which partitioner the result of an operator by key has: the one asked for, else the input's, which then stays where it is, else by hash.</summary>
internal sealed class KeyTargets<TKey>(IPartitioner<TKey>? partitioner, int? partitions)
{
    private readonly IPartitioner<TKey>? _asked = partitioner ?? (partitions is { } count ? new HashPartitioner<TKey>(count) : null);
    private HashPartitioner<TKey>? _default;

    /// <summary>The partitioner in a scope, whose input may be another one in each.</summary>
    public IPartitioner<TKey> In(EvaluationScope scope, DatasetNode input) =>
        _asked ?? input.PartitionerOf(scope) as IPartitioner<TKey> ?? (_default ??= new HashPartitioner<TKey>(scope.Engine.DefaultParallelism));
}
