using CodegenStreaming.Execution;

namespace CodegenStreaming.Testing;

/// <summary>A batch's records of a stream that is kept.</summary>
internal static class StreamRecords
{
    /// <summary>Copies of the records, in the order of the partitions. No task runs for the copying.</summary>
    public static T[] Read<T>(EvaluationScope scope, DatasetNode<T> node)
    {
        scope.KeepText<T>();
        node.Prepare(scope);
        var blocks = scope.Materialize(node).Blocks;
        var records = new T[blocks.Sum(block => block.Count)];
        var next = 0;
        foreach (var block in blocks)
        {
            block.Records.CopyTo(records.AsSpan(next));
            next += block.Count;
        }

        return records;
    }
}
