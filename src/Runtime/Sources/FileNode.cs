using System.Diagnostics.CodeAnalysis;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>
/// A leaf whose partitions are files, or ranges of large ones. They are read by tasks when a job needs them: a batch that no output reads costs nothing. A single
/// reader gets a file block by block while it is read; for several readers it is read into memory, so that all see the same.
/// </summary>
/// <param name="operatorName">The name of the method that makes it.</param>
/// <param name="reading">How a file is read.</param>
/// <param name="list">Names the files of every scope, each time anew; null where an input names those of each batch.</param>
internal sealed class FileNode<T>(string operatorName, FileReading<T> reading, Func<IReadOnlyList<string>>? list = null) : DatasetNode<T>(operatorName, [])
{
    /// <summary>Names the files of a batch.</summary>
    public void SetFiles(EvaluationScope scope, IReadOnlyList<string> paths)
    {
        if (paths.Count > 0) // A batch without files is empty, and like every other one without.
        {
            scope.GetOrAdd(this, () => new BatchFiles(paths));
        }
    }

    public override IEnumerable<T> Compute(TaskScope task, int partition) => IsMaterialized
        ? ReadMaterialized(task, partition).Read()
        : Blocks(task, partition, keepsText: true).SelectMany(block => block.Read());

    public override Materialized<T> Evaluate(EvaluationScope scope, int[]? wanted)
    {
        if (!IsMaterialized)
        {
            return base.Evaluate(scope, wanted); // Persisted: its partitions are those that tasks read.
        }

        var paths = FilesOf(scope)?.Paths ?? [];
        var files = scope.Engine.Tasks.Run(scope, this, paths.Count, task => reading.ReadWhole(paths[task.Partition], task, this), static _ => { });
        return new Materialized<T>([.. files.SelectMany(file => file.Blocks)]);
    }

    public override bool TryOpenBlocks(TaskScope task, int partition, bool keepsText, [NotNullWhen(true)] out IEnumerable<Block<T>>? blocks)
    {
        if (IsKeptIn(task.Scope))
        {
            return base.TryOpenBlocks(task, partition, keepsText, out blocks);
        }

        blocks = Blocks(task, partition, keepsText);
        return true;
    }

    public override void Push(TaskScope task, int partition, RecordOutput<T> output)
    {
        if (IsKeptIn(task.Scope))
        {
            base.Push(task, partition, output);
            return;
        }

        var keepsText = output.KeepsText;
        foreach (var block in Blocks(task, partition, keepsText))
        {
            WriteAll(block.Read(), output, task.Cancellation);
            if (!keepsText)
            {
                output.LeaveText();
            }

            if (output.IsFull)
            {
                return;
            }
        }
    }

    protected override int DeclaredPartitionCount(EvaluationScope scope) => RangesOf(scope).Count;

    protected override int ComputedPartitionCount(EvaluationScope scope) => RangesOf(scope).Count;

    /// <summary>A range's blocks. Each is given up when the next one is asked for, or with the batch where records refer to its text.</summary>
    private IEnumerable<Block<T>> Blocks(TaskScope task, int partition, bool keepsText)
    {
        foreach (var block in reading.ReadRange(RangesOf(task.Scope)[partition], task, this))
        {
            if (keepsText && reading.RefersToBlocks)
            {
                task.Scope.Keep(block);
                yield return block;
                continue;
            }

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

    private IReadOnlyList<FileRange> RangesOf(EvaluationScope scope)
    {
        if (FilesOf(scope) is not { } files)
        {
            return [];
        }

        lock (files)
        {
            return files.Ranges ??= [.. files.Paths.SelectMany(reading.RangesOf)];
        }
    }

    private BatchFiles? FilesOf(EvaluationScope scope) => list is null ? scope.Find<BatchFiles>(this) : scope.GetOrAdd(this, () => new BatchFiles(list()));

    /// <summary>The files of a batch, and how they are cut once somebody asks.</summary>
    private sealed class BatchFiles(IReadOnlyList<string> paths)
    {
        public IReadOnlyList<string> Paths => paths;

        public IReadOnlyList<FileRange>? Ranges { get; set; }
    }
}
