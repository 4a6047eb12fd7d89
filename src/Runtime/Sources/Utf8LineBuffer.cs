using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>Lines of UTF-8 text in pooled arrays that grow. Not thread-safe.</summary>
internal sealed class Utf8LineBuffer(BlockPool pool) : ILineSink
{
    // Well below what an int can address, and small enough that several tasks share a flood.
    private const int FullLength = 64 * 1024 * 1024;

    private const int InitialLength = 16 * 1024;

    private byte[]? _bytes;
    private int[]? _ends;
    private int _length;
    private int _expectedLength = InitialLength;
    private int _expectedCount = BlockPool.InitialCapacity;

    public int Count { get; private set; }

    /// <summary>True when the text is as long as one block should be.</summary>
    public bool IsFull => _length >= FullLength || Count >= FullLength / sizeof(int);

    public void WriteLine(ReadOnlySpan<byte> line)
    {
        Ensure(line.Length);
        line.CopyTo(_bytes.AsSpan(_length));
        _length += line.Length;
        _ends![Count++] = _length;
    }

    /// <summary>Hands the lines over as a block, which now owns the arrays.</summary>
    public Utf8TextBlock ToBlock()
    {
        Ensure(0);
        var block = new Utf8TextBlock(_bytes!, _length, _ends!, Count, pool);
        (_expectedLength, _expectedCount) = (Math.Max(_length, InitialLength), Math.Max(Count, BlockPool.InitialCapacity));
        (_bytes, _ends, _length, Count) = (null, null, 0, 0);
        return block;
    }

    /// <summary>Gives the arrays back.</summary>
    public void Drop()
    {
        if (_bytes is not null)
        {
            ToBlock().Release();
        }
    }

    private void Ensure(int more)
    {
        if (_bytes is null || _ends is null)
        {
            _bytes = pool.Rent<byte>(Math.Max(_expectedLength, more));
            _ends = pool.Rent<int>(_expectedCount);
            return;
        }

        if (_bytes.Length - _length < more)
        {
            _bytes = Larger(_bytes, _length, checked(Math.Max(_bytes.Length * 2, _length + more)));
        }

        if (_ends.Length == Count)
        {
            _ends = Larger(_ends, Count, checked(_ends.Length * 2));
        }
    }

    private TItem[] Larger<TItem>(TItem[] array, int used, int length)
    {
        var larger = pool.Rent<TItem>(length);
        Array.Copy(array, larger, used);
        pool.Return(array, used);
        return larger;
    }
}
