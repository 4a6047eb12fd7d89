using System.Runtime.InteropServices;

namespace CodegenStreaming.Memory;

/// <summary>
/// The slots of a <see cref="HashIndex"/>, outside the managed heap: a table that grows gives up the slots it had at once and not when the collector
/// comes by, and what no slot was entered in occupies no memory. Freed by whoever replaces it, or with the table by the finalizer.
/// </summary>
internal sealed unsafe partial class SlotMemory
{
    /// <summary>A line of the cache.</summary>
    private const int Alignment = 64;

    /// <summary>A huge page.</summary>
    private const int HugePage = 2 * 1024 * 1024;

    /// <summary>
    /// Slots that fill several huge pages lie in such, so that a processor which looks at any of them knows where its page is. Of fewer, the room that is lost in
    /// front of the first one would be too large a part.
    /// </summary>
    private const int HugeFrom = 4 * HugePage;

    /// <summary><c>MADV_HUGEPAGE</c> of Linux.</summary>
    private const int InHugePages = 14;

    private void* _allocated;

    /// <summary>Makes a number of free slots.</summary>
    public SlotMemory(int count)
    {
        var size = (nuint)count * sizeof(uint);
        var isHuge = size >= HugeFrom && OperatingSystem.IsLinux();
        var alignment = (nuint)(isHuge ? HugePage : Alignment);
        _allocated = NativeMemory.AllocZeroed(size + alignment);
        First = (uint*)(((nuint)_allocated + alignment - 1) & ~(alignment - 1));
        ByteSize = (long)size + Alignment;
        if (isHuge)
        {
            _ = Advise(First, size, InHugePages); // Advice: where it is not taken, nothing is lost.
        }
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

    // The slots of this object, and no more: whole pages, since there are a power of two of them, beginning at one.
    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(void* address, nuint length, int advice);
}
