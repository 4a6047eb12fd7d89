using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution;

/// <summary>A node's result of one batch: a block for each partition.</summary>
internal abstract class Materialized
{
    /// <summary>The number of partitions.</summary>
    public abstract int Count { get; }

    /// <summary>Adds the blocks of text among the partitions.</summary>
    public abstract void AddTexts(ISet<Utf8TextBlock> texts);

    /// <summary>Gives the blocks up.</summary>
    /// <param name="keepText">True where slices of text live on: their blocks are left to the collector.</param>
    public abstract void Release(bool keepText);
}

/// <param name="blocks">The partitions; null for one that is not there, and computed by whoever reads it first.</param>
/// <param name="isPermanent">True for a result that every empty batch has: its blocks are in no pool and are never given up.</param>
internal sealed class Materialized<T>(Block<T>?[] blocks, bool isPermanent = false) : Materialized
{
    private readonly Block<T>?[] _blocks = blocks;
    private readonly bool _isPermanent = isPermanent;

    /// <summary>No partitions.</summary>
    public static Materialized<T> Empty { get; } = new([], isPermanent: true);

    public override int Count => _blocks.Length;

    /// <summary>The partitions of a result that nothing was lost of.</summary>
    public Block<T>[] Blocks => _blocks!;

    /// <summary>A result that no batch gives up, with the given records in each of its partitions.</summary>
    public static Materialized<T> Permanent(int partitions, params T[] records)
    {
        var blocks = new Block<T>[partitions];
        for (var index = 0; index < partitions; index++)
        {
            blocks[index] = new ArrayBlock<T>(records, records.Length, pool: null);
        }

        return new Materialized<T>(blocks, isPermanent: true);
    }

    /// <summary>A partition, on the driver or in a task; computed from its parents where it is gone, it alone.</summary>
    public Block<T> Read(EvaluationScope scope, DatasetNode<T> node, int partition)
    {
        if (scope.Engine.Store.Losses is { } losses && node.CanBeRecomputed && losses.Strikes())
        {
            Lose(scope, partition);
        }

        return Volatile.Read(ref _blocks[partition]) ?? Restore(scope, node, partition);
    }

    /// <summary>True when a partition is there and has no records.</summary>
    public bool HasNoRecords(int partition) => Volatile.Read(ref _blocks[partition]) is { Count: 0 };

    /// <summary>Takes a partition's block out; it is the caller's then.</summary>
    public Block<T> Take(int partition)
    {
        var block = _blocks[partition]!;
        if (_isPermanent)
        {
            block.Retain();
        }
        else
        {
            _blocks[partition] = null;
        }

        return block;
    }

    public override void AddTexts(ISet<Utf8TextBlock> texts)
    {
        foreach (object? block in typeof(T) == typeof(Utf8Slice) ? _blocks : [])
        {
            if (block is Utf8TextBlock text)
            {
                texts.Add(text);
            }
        }
    }

    public override void Release(bool keepText)
    {
        if (_isPermanent)
        {
            return;
        }

        foreach (var block in _blocks)
        {
            if (keepText && block is Utf8TextBlock text)
            {
                text.Detach();
            }

            block?.Release();
        }
    }

    /// <summary>Nobody waits for anybody here: of several readers that compute the same partition, the first one's is taken.</summary>
    private Block<T> Restore(EvaluationScope scope, DatasetNode<T> node, int partition)
    {
        var block = scope.Recompute(node, partition);
        lock (_blocks)
        {
            if (_blocks[partition] is not { } other)
            {
                return _blocks[partition] = block;
            }

            block.Release();
            return other;
        }
    }

    private void Lose(EvaluationScope scope, int partition)
    {
        lock (_blocks)
        {
            if (!_isPermanent && _blocks[partition] is { } block)
            {
                scope.Outermost.Keep(block); // Somebody may be reading it.
                _blocks[partition] = null;
            }
        }
    }
}
