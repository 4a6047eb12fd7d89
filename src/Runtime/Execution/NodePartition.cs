using System.Diagnostics.CodeAnalysis;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution;

/// <summary>A node's partition as the input of the loop after it.</summary>
internal sealed class NodePartition<T>(DatasetNode<T> node, TaskScope task, int partition) : LoopInput<T>
{
    public override bool TryGetBlock([NotNullWhen(true)] out Block<T>? block) => node.TryGetBlock(task, partition, out block);

    public override bool TryOpenBlocks(bool keepsText, [NotNullWhen(true)] out IEnumerable<Block<T>>? blocks) =>
        node.TryOpenBlocks(task, partition, keepsText, out blocks);

    public override IEnumerable<T> Read() => node.Read(task, partition);

    public override void Push(RecordOutput<T> output) => node.Push(task, partition, output);
}
