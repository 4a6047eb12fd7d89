using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming.Execution.Windows;

/// <summary>What windows by key are made of: each batch by itself.</summary>
internal static class WindowBatches
{
    /// <summary>A batch's values of each key, combined.</summary>
    public static CombineByKeyNode<TKey, TValue, TValue> Reduce<TKey, TValue>(
        DatasetNode<(TKey, TValue)> parent, Func<TValue, TValue, TValue> function, IPartitioner<TKey> partitioner, string operatorName) =>
        new(operatorName, parent, static value => value, function, function, partitioner, null, function) { IsImplied = true };
}
