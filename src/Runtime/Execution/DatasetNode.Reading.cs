using System.Diagnostics.CodeAnalysis;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution;

/// <content>How a partition's records are read and written on: where they lie as one block, piece by piece, or while they are computed.</content>
internal abstract partial class DatasetNode<T>
{
    /// <summary>The partition's block, where it lies in memory.</summary>
    public virtual bool TryGetBlock(TaskScope task, int partition, [NotNullWhen(true)] out Block<T>? block)
    {
        block = IsMaterialized ? ReadMaterialized(task, partition) : Stored is null ? null : task.Scope.LeaseOf(this)?.Pinned(task.Scope, partition);
        if (block is { IsInPieces: true })
        {
            block = null;
        }

        return block is not null;
    }

    /// <summary>A partition that the scope keeps as a whole.</summary>
    protected Block<T> ReadMaterialized(TaskScope task, int partition) => task.Scope.Materialize(this).Read(task.Scope, this, partition);

    /// <summary>The partition's blocks, where they come one after another and need not lie in memory together.</summary>
    /// <param name="task">The task that reads them.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="keepsText">True where slices of their text are kept: then the blocks live as long as the batch, otherwise until the next one is asked for.</param>
    /// <param name="blocks">The blocks, to be enumerated once.</param>
    public virtual bool TryOpenBlocks(TaskScope task, int partition, bool keepsText, [NotNullWhen(true)] out IEnumerable<Block<T>>? blocks)
    {
        blocks = OpenPieces(task, partition, keepsText);
        return blocks is not null;
    }

    /// <summary>How many records a partition that lies in memory has; zero where it does not.</summary>
    public int CountInMemory(TaskScope task, int partition) => TryGetBlock(task, partition, out var block) ? block.Count : 0;

    /// <summary>The partition's records, computed while they are read.</summary>
    public IEnumerable<T> Read(TaskScope task, int partition)
    {
        task.MarkEnumerated();
        if (TryGetBlock(task, partition, out var block))
        {
            return Screened(task, partition, block.Read());
        }

        if (IsMaterialized)
        {
            return Screened(task, partition, ReadMaterialized(task, partition).Read());
        }

        if (OpenPieces(task, partition, TextContent.IsIn(typeof(T))) is { } blocks)
        {
            return Screened(task, partition, blocks.SelectMany(static stored => stored.Read()));
        }

        return task.IsUnfused ? ReadUnfused(task, partition) : PlanRoute(task.Scope.Planner).Read(task, partition);
    }

    private IEnumerable<T> Screened(TaskScope task, int partition, IEnumerable<T> records) => task.Screen?.Filter(this, partition, records) ?? records;

    /// <summary>Computes the partition's records into an output, until it is full.</summary>
    public virtual void Push(TaskScope task, int partition, RecordOutput<T> output)
    {
        if (TryGetBlock(task, partition, out var block))
        {
            WriteBlock(block, output, task.Cancellation);
        }
        else if (OpenPieces(task, partition, output.KeepsText) is { } blocks)
        {
            foreach (var piece in blocks)
            {
                WriteBlock(piece, output, task.Cancellation);
                if (output.IsFull)
                {
                    break;
                }
            }
        }
        else
        {
            PushComputed(task, partition, output);
        }
    }

    /// <summary>The same, computed even where the result is to be kept: this is how it comes to be kept.</summary>
    public void PushComputed(TaskScope task, int partition, RecordOutput<T> output)
    {
        if (task.IsUnfused)
        {
            WriteAll(ReadUnfused(task, partition), output, task.Cancellation);
        }
        else
        {
            PlanRoute(task.Scope.Planner).Push(task, partition, output);
        }
    }

    /// <summary>Blocks that come one after another: of what is kept beyond the scope, of what does not lie in one array.</summary>
    private IEnumerable<Block<T>>? OpenPieces(TaskScope task, int partition, bool keepsText)
    {
        if (IsMaterialized)
        {
            return ReadMaterialized(task, partition) is { IsInPieces: true } block ? block.ReadPieces() : null;
        }

        return Stored is null ? null : task.Scope.LeaseOf(this)?.Open(task, this, partition, keepsText);
    }

    protected static void WriteBlock(Block<T> block, RecordOutput<T> output, CancellationToken cancellation)
    {
        if (block is ArrayBlock<T> { Records: var records })
        {
            WriteAll(records, output, cancellation);
        }
        else
        {
            WriteAll(block.Read(), output, cancellation);
        }
    }

    private static void WriteAll(ReadOnlySpan<T> records, RecordOutput<T> output, CancellationToken cancellation)
    {
        for (var run = FirstRun(records); output.TryWriteAll(run); run = FirstRun(records))
        {
            cancellation.ThrowIfCancellationRequested();
            records = records[run.Length..];
            if (records.IsEmpty)
            {
                return;
            }
        }

        if (output.IsFull)
        {
            return;
        }

        foreach (ref readonly var record in records)
        {
            cancellation.ThrowIfCancellationRequested();
            output.Write(record);
            if (output.IsFull)
            {
                return;
            }
        }
    }

    private static ReadOnlySpan<T> FirstRun(ReadOnlySpan<T> records) => records[..Math.Min(records.Length, LoopInput.RunLength)];

    internal static void WriteAll(IEnumerable<T> records, RecordOutput<T> output, CancellationToken cancellation)
    {
        if (output.IsFull)
        {
            return;
        }

        foreach (var record in records)
        {
            cancellation.ThrowIfCancellationRequested();
            output.Write(record);
            if (output.IsFull)
            {
                return;
            }
        }
    }
}
