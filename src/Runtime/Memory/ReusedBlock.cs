using System.Runtime.CompilerServices;

namespace CodegenStreaming.Memory;

/// <summary>A piece of something larger, of which one after another lies in the same array. Nobody keeps it.</summary>
internal sealed class ReusedBlock<T>(T[] items) : Block<T>
{
    private int _count;

    public override int Count => _count;

    public override ReadOnlySpan<T> Records => items.AsSpan(0, _count);

    public override long ByteSize => (long)_count * Unsafe.SizeOf<T>();

    /// <summary>Where the next piece is written.</summary>
    public Span<T> Room => items;

    public void SetCount(int count) => _count = count;

    public override IEnumerable<T> Read()
    {
        for (var index = 0; index < _count; index++)
        {
            yield return items[index];
        }
    }

    private protected override void Free()
    {
    }
}
