using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Operators;

/// <summary>What one map task hands to the tasks behind an exchange: its records, and where each of them goes; no targets where there is one partition only.</summary>
internal readonly record struct MapResult<T>(Block<T> Block, ArrayBlock<int>? Targets)
{
    /// <summary>The exchange is done: the memory goes back.</summary>
    public void Release()
    {
        Block.Release();
        Targets?.Release();
    }
}
