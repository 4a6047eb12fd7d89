using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>Reads chunks and cuts them into lines, whatever kind of record these become.</summary>
internal sealed class SplitLineReader<T>(LineBuffer<T> open, BlockPool pool) : LineReader<T>
{
    private const int ChunkLength = 64 * 1024;

    private readonly byte[] _chunk = pool.Rent<byte>(ChunkLength);
    private readonly LineSplitter _lines = new(Array.MaxLength / 2, pool);
    private int _length;

    public override bool HasLines => open.Count > 0;

    public override bool IsFull => _length >= BlockLength && open.Count > 0;

    public override Span<byte> Room => _chunk.AsSpan(0, ChunkLength);

    public override void Take(int length)
    {
        _lines.Append(_chunk.AsSpan(0, length), open);
        _length += length;
    }

    public override void Complete() => _lines.Complete(open);

    public override Block<T> ToBlock()
    {
        _length = 0;
        return open.ToBlock();
    }

    public override void Dispose()
    {
        pool.Return(_chunk, 0);
        _lines.Dispose();
        if (open.Count > 0)
        {
            open.ToBlock().Release();
        }
    }
}
