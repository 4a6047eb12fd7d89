using CodegenStreaming.Execution;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>A leaf whose partitions are files. They are read by tasks when a job needs them: a batch that no output reads costs nothing.</summary>
internal sealed class FileNode<T>(string operatorName, Func<string, TaskScope, FileBlocks<T>> read) : DatasetNode<T>(operatorName, [])
{
    public override bool IsMaterialized => true;

    /// <summary>Names the files of a batch.</summary>
    public void SetFiles(EvaluationScope scope, IReadOnlyList<string> paths) => scope.GetOrAdd(this, () => paths);

    public override IEnumerable<T> Compute(TaskScope task, int partition) => task.Scope.Materialize(this).Blocks[partition].Read();

    public override Materialized<T> Evaluate(EvaluationScope scope)
    {
        var paths = scope.GetOrAdd<IReadOnlyList<string>>(this, static () => []);
        var files = scope.Engine.Tasks.Run(scope, this, paths.Count, task => read(paths[task.Partition], task), static _ => { });
        return new Materialized<T>([.. files.SelectMany(file => file.Blocks)]);
    }

    protected override int ComputedPartitionCount(EvaluationScope scope) => 0;
}

/// <summary>The blocks of one file.</summary>
internal sealed class FileBlocks<T> : IDisposable
{
    private readonly List<Block<T>> _blocks = [];

    public IReadOnlyList<Block<T>> Blocks => _blocks;

    public void Add(Block<T> block) => _blocks.Add(block);

    /// <summary>Gives the blocks up, when they did not get to a batch.</summary>
    public void Dispose()
    {
        _blocks.ForEach(block => block.Release());
        _blocks.Clear();
    }
}
