using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CompilerServices;

/// <summary>One partition of what stands before a loop.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class LoopInput
{
    /// <summary>The most records a loop takes in one call: bounds the time to a cancellation, and leaves code that was replaced on the stack.</summary>
    internal const int RunLength = 64 * 1024;

    private protected LoopInput()
    {
    }
}

internal abstract class LoopInput<T> : LoopInput
{
    /// <summary>The partition as a block, where it lies in memory.</summary>
    public abstract bool TryGetBlock([NotNullWhen(true)] out Block<T>? block);

    /// <summary>The partition as blocks that come one after another, where it need not lie in memory as a whole. A block is valid until the next one is asked for.</summary>
    /// <param name="keepsText">True where what reads them may keep slices of their text beyond that.</param>
    /// <param name="blocks">The blocks, to be enumerated once.</param>
    public abstract bool TryOpenBlocks(bool keepsText, [NotNullWhen(true)] out IEnumerable<Block<T>>? blocks);

    /// <summary>The partition's records, computed while they are read.</summary>
    public abstract IEnumerable<T> Read();

    /// <summary>Computes the partition's records into an output, until it is full.</summary>
    public abstract void Push(RecordOutput<T> output);
}
