using System.Runtime.InteropServices;

namespace CodegenStreaming.Memory;

/// <summary>
/// The slots of a <see cref="HashIndex"/>, outside the managed heap: a table that grows gives up the slots it had at once and not when the collector
/// comes by, and what no slot was entered in occupies no memory. Freed by whoever replaces it, or with the table by the finalizer.
/// </summary>
internal sealed unsafe class SlotMemory
{
    /// <summary>A line of the cache.</summary>
    private const int Alignment = 64;

    private void* _allocated;

    /// <summary>Makes a number of free slots.</summary>
    public SlotMemory(int count)
    {
        _allocated = NativeMemory.AllocZeroed(((nuint)count * sizeof(uint)) + Alignment);
        First = (uint*)(((nuint)_allocated + Alignment - 1) & ~(nuint)(Alignment - 1));
        ByteSize = ((long)count * sizeof(uint)) + Alignment;
    }

    ~SlotMemory() => Free();

    /// <summary>The first slot, at the beginning of a line.</summary>
    public uint* First { get; }

    public long ByteSize { get; }

    /// <summary>Gives the memory back; nobody may hold a slot of it any more.</summary>
    public void Free()
    {
        NativeMemory.Free(_allocated);
        _allocated = null;
    }
}
