using CodegenStreaming.Execution.Storage;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>What one map task hands to the tasks behind an exchange.</summary>
/// <param name="Block">Its records; none where they lie in files.</param>
/// <param name="Targets">Where each of them goes; null where there is one partition only.</param>
internal readonly record struct MapResult<T>(Block<T> Block, ArrayBlock<int>? Targets)
{
    /// <summary>Records in files; null where the block has all.</summary>
    public SpilledRecords<T>? Spilled { get; init; }

    /// <summary>What the block takes of the bound on aggregations; null where that is next to nothing.</summary>
    public HeldMemory? Held { get; init; }

    /// <summary>The exchange is done: the memory goes back.</summary>
    public void Release()
    {
        Block.Release();
        Targets?.Release();
        Spilled?.Release();
        Held?.Release();
    }
}
