using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution;

/// <summary>A node's result of one batch: a block for each partition.</summary>
internal abstract class Materialized
{
    /// <summary>Gives the blocks up.</summary>
    /// <param name="keepText">True where slices of text live on: their blocks are left to the collector.</param>
    public abstract void Release(bool keepText);
}

/// <param name="blocks">The partitions.</param>
/// <param name="isPermanent">True for a result that every empty batch has: its blocks are in no pool and are never given up.</param>
internal sealed class Materialized<T>(Block<T>[] blocks, bool isPermanent = false) : Materialized
{
    private readonly bool _isPermanent = isPermanent;

    /// <summary>No partitions.</summary>
    public static Materialized<T> Empty { get; } = new([], isPermanent: true);

    public Block<T>[] Blocks { get; } = blocks;

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

    public override void Release(bool keepText)
    {
        if (_isPermanent)
        {
            return;
        }

        foreach (var block in Blocks)
        {
            if (keepText && block is Utf8TextBlock text)
            {
                text.Detach();
            }

            block.Release();
        }
    }
}
