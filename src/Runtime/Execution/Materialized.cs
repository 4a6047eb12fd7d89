using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution;

/// <summary>A node's result of one batch: a block for each partition.</summary>
internal abstract class Materialized
{
    /// <summary>Gives the blocks up.</summary>
    /// <param name="keepText">True where slices of text live on: their blocks are left to the collector.</param>
    public abstract void Release(bool keepText);
}

internal sealed class Materialized<T>(Block<T>[] blocks) : Materialized
{
    public Block<T>[] Blocks { get; } = blocks;

    public override void Release(bool keepText)
    {
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
