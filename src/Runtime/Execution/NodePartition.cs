using System.Diagnostics.CodeAnalysis;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution;

/// <summary>A node's partition as the input of the loop after it. Belongs to a task and serves one loop after another.</summary>
internal sealed class NodePartition<T>(TaskScope task) : LoopInput<T>
{
    private DatasetNode<T>? _node;
    private int _partition;

    public void Open(DatasetNode<T> node, int partition) => (_node, _partition) = (node, partition);

    public override bool TryGetBlock([NotNullWhen(true)] out Block<T>? block) => _node!.TryGetBlock(task, _partition, out block);

    public override bool TryOpenBlocks(bool keepsText, [NotNullWhen(true)] out IEnumerable<Block<T>>? blocks) =>
        _node!.TryOpenBlocks(task, _partition, keepsText, out blocks);

    public override IEnumerable<T> Read() => _node!.Read(task, _partition);

    public override void Push(RecordOutput<T> output) => _node!.Push(task, _partition, output);
}
