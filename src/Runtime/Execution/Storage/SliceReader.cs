using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Storage;

/// <summary>Takes some records; they are valid during the call.</summary>
internal delegate void RecordsReader<T, TState>(ReadOnlySpan<T> records, TState state);

/// <summary>Records of one target in the order of their hashes, read a slice of the hashes after another. Used by one task.</summary>
internal abstract class SliceReader<T> : IDisposable
{
    /// <summary>Hands over the records up to a hash that have not been handed over.</summary>
    public abstract void ReadTo<TState>(uint last, TState state, RecordsReader<T, TState> reader);

    public abstract void Dispose();
}

/// <summary>Those of a file, of which one piece lies in memory at a time. It is open only while a piece is read: there may be many files.</summary>
internal sealed class FileSliceReader<T>(SpillFile<T> file, int target, Func<T, uint> hashOf, BlockPool pool) : SliceReader<T>
{
    private T[]? _piece;
    private int _count;
    private int _next;
    private int _chunk = file.FirstChunkOf(target);

    public override void ReadTo<TState>(uint last, TState state, RecordsReader<T, TState> reader)
    {
        while (_next < _count || TryReadPiece(last))
        {
            var end = _next;
            while (end < _count && hashOf(_piece![end]) <= last)
            {
                end++;
            }

            if (end > _next)
            {
                reader(_piece.AsSpan(_next, end - _next), state);
                _next = end;
            }

            if (end < _count)
            {
                return;
            }
        }
    }

    public override void Dispose()
    {
        if (_piece is not null)
        {
            pool.Return(_piece, _piece.Length);
            _piece = null;
        }
    }

    /// <summary>Takes the next piece if it begins in the slice.</summary>
    private bool TryReadPiece(uint last)
    {
        if (_chunk == file.Chunks.Count || file.Chunks[_chunk] is var chunk && (chunk.Target != target || chunk.FirstHash > last))
        {
            return false;
        }

        Dispose();
        (_next, _count) = (0, 0);
        _piece = pool.Rent<T>(chunk.Records);
        file.Decode(chunk, _piece.AsSpan(0, chunk.Records), pool);
        _count = chunk.Records;
        _chunk++;
        return true;
    }
}

/// <summary>Those of a block.</summary>
internal sealed class BlockSliceReader<T> : SliceReader<T>
{
    private const int WindowLength = 1024;

    private readonly Block<T> _block;
    private readonly BlockPool _pool;
    private readonly T[] _window;
    private readonly (uint Hash, int Index)[] _order;
    private readonly int _count;
    private int _next;

    /// <param name="block">The records.</param>
    /// <param name="targets">The target of each; null where all have the one that is read.</param>
    /// <param name="target">The target that is read.</param>
    /// <param name="hashOf">The hash of a record.</param>
    /// <param name="pool">Lends the memory.</param>
    public BlockSliceReader(Block<T> block, ArrayBlock<int>? targets, int target, Func<T, uint> hashOf, BlockPool pool)
    {
        (_block, _pool) = (block, pool);
        _window = pool.Rent<T>(WindowLength);
        _order = pool.Rent<(uint Hash, int Index)>(targets is null ? block.Count : targets.Records.Count(target));
        for (var index = 0; index < block.Count; index++)
        {
            if (targets is null || targets.Records[index] == target)
            {
                _order[_count++] = (hashOf(block.Records[index]), index);
            }
        }

        _order.AsSpan(0, _count).Sort();
    }

    public override void ReadTo<TState>(uint last, TState state, RecordsReader<T, TState> reader)
    {
        while (_next < _count && _order[_next].Hash <= last)
        {
            var count = 0;
            while (count < WindowLength && _next < _count && _order[_next].Hash <= last)
            {
                _window[count++] = _block.Records[_order[_next++].Index];
            }

            reader(_window.AsSpan(0, count), state);
        }
    }

    public override void Dispose()
    {
        _pool.Return(_window, WindowLength);
        _pool.Return(_order, 0);
    }
}
