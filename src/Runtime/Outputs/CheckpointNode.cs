using System.Diagnostics.CodeAnalysis;
using CodegenStreaming.Codecs;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution;
using CodegenStreaming.Memory;
using CodegenStreaming.Sources;

namespace CodegenStreaming.Outputs;

/// <summary>
/// A data set that is to be cut off from what it is made of. It is written to a folder of object files when an action first prepares it; from then on it reads
/// them, and nothing here leads to what it was made of any more. What was derived of the data set before it was marked does not know of this node.
/// </summary>
/// <param name="inner">What it is made of.</param>
/// <param name="codec">Writes and reads the records.</param>
/// <param name="folders">Where the folder is made.</param>
internal sealed class CheckpointNode<T>(DatasetNode<T> inner, RecordCodec<T> codec, CheckpointFolders folders) : DatasetNode<T>("Checkpoint", [])
{
    private readonly Lock _writing = new();
    private readonly ObjectFileReading<T> _reading = new(codec);
    private readonly string _folder = folders.NewFolder();
    private volatile Files? _files;
    private volatile DatasetNode<T>? _inner = inner; // Null once there are files, which are there first.

    /// <summary>The folder; null before it is written.</summary>
    public override string? Place => _files is null ? null : _folder;

    /// <summary>What it is made of, until it is written.</summary>
    private DatasetNode<T>? Inner => _files is null ? _inner : null;

    public override object? PartitionerOf(EvaluationScope scope) => Inner is { } inner ? inner.PartitionerOf(scope) : _files!.Partitioner;

    public override IReadOnlyList<DatasetNode> LineageOf(EvaluationScope scope) => Inner is { } inner ? [inner] : [];

    public override IReadOnlyList<DatasetNode> ComputedFrom(EvaluationScope scope) => LineageOf(scope);

    public override void Prepare(EvaluationScope scope)
    {
        // What is computed anew because it was lost is computed inside a task, which writes nothing.
        if (_files is null && !scope.IsRecovery)
        {
            Write(scope);
        }

        base.Prepare(scope);
    }

    public override void PrepareParents(EvaluationScope scope) => Inner?.Prepare(scope);

    public override IEnumerable<T> Compute(TaskScope task, int partition) =>
        Inner is { } inner ? inner.Read(task, partition) : Blocks(task, partition).SelectMany(static block => block.Read());

    public override bool TryGetBlock(TaskScope task, int partition, [NotNullWhen(true)] out Block<T>? block) =>
        !IsKeptIn(task.Scope) && Inner is { } inner ? inner.TryGetBlock(task, partition, out block) : base.TryGetBlock(task, partition, out block);

    public override bool TryOpenBlocks(TaskScope task, int partition, bool keepsText, [NotNullWhen(true)] out IEnumerable<Block<T>>? blocks)
    {
        if (IsKeptIn(task.Scope))
        {
            return base.TryOpenBlocks(task, partition, keepsText, out blocks);
        }

        if (Inner is { } inner)
        {
            return inner.TryOpenBlocks(task, partition, keepsText, out blocks);
        }

        blocks = Blocks(task, partition);
        return true;
    }

    public override void Push(TaskScope task, int partition, RecordOutput<T> output)
    {
        if (IsKeptIn(task.Scope))
        {
            base.Push(task, partition, output);
        }
        else if (Inner is { } inner)
        {
            inner.Push(task, partition, output);
        }
        else
        {
            foreach (var block in Blocks(task, partition))
            {
                WriteBlock(block, output, task.Cancellation);
                if (output.IsFull)
                {
                    return;
                }
            }
        }
    }

    public override bool HasNoRecords(EvaluationScope scope, int partition) =>
        !IsKeptIn(scope) && Inner is { } inner ? inner.HasNoRecords(scope, partition) : base.HasNoRecords(scope, partition);

    protected override int DeclaredPartitionCount(EvaluationScope scope) => Inner?.PlannedPartitionCount(scope) ?? _files!.Partitions;

    protected override int ComputedPartitionCount(EvaluationScope scope) => Inner?.PartitionCount(scope) ?? _files!.Partitions;

    /// <summary>Writes all partitions, by one of the actions that come at once; the others wait.</summary>
    private void Write(EvaluationScope scope)
    {
        lock (_writing)
        {
            if (Inner is not { } source)
            {
                return;
            }

            source.Prepare(scope);
            var route = scope.Planner.PlanEnd(source, site: null, Pipeline, end: null, []);
            try
            {
                // What an attempt that failed has left is replaced by the next one.
                OutputFolder.Write(scope, End, route, _folder, (task, file) => ObjectPart.Write(task, route, codec, file), survives: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new CheckpointException($"{Describe()} could not be written to {_folder}: {exception.Message}", exception);
            }

            _files = new Files(source.PartitionCount(scope), source.PartitionerOf(scope));
            _inner = null;
        }
    }

    /// <summary>A partition's blocks; each is given up when the next one is asked for. Records refer to none of them.</summary>
    private IEnumerable<Block<T>> Blocks(TaskScope task, int partition)
    {
        var file = Path.Combine(_folder, OutputFolder.PartOf(partition));
        foreach (var block in _reading.ReadRange(new FileRange(file, 0, long.MaxValue), task, this))
        {
            try
            {
                yield return block;
            }
            finally
            {
                block.Release();
            }
        }
    }

    /// <summary>What is known of the folder.</summary>
    private sealed record Files(int Partitions, object? Partitioner);
}
