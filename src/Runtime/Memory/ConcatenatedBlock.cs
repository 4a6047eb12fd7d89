namespace CodegenStreaming.Memory;

/// <summary>Blocks one after another, as one block. They are copied together only if somebody asks for the records as one span.</summary>
/// <param name="parts">The blocks; the caller's references become this block's.</param>
/// <param name="pool">Where a copy comes from.</param>
internal sealed class ConcatenatedBlock<T>(Block<T>[] parts, BlockPool pool) : Block<T>
{
    private readonly Lock _lock = new();
    private ArrayBlock<T>? _copy;

    public override int Count { get; } = checked(parts.Sum(static part => part.Count));

    public override bool IsInPieces => true;

    public override ReadOnlySpan<T> Records => Copy().Records;

    public override long ByteSize => parts.Sum(static part => part.ByteSize);

    public override IEnumerable<Block<T>> ReadPieces() => parts;

    public override IEnumerable<T> Read() => parts.SelectMany(static part => part.Read());

    private protected override void Free()
    {
        foreach (var part in parts)
        {
            part.Release();
        }

        _copy?.Release();
    }

    private ArrayBlock<T> Copy()
    {
        lock (_lock)
        {
            if (_copy is null)
            {
                var copy = new ArrayBlock<T>(pool.Rent<T>(Count), Count, pool);
                var room = copy.Room;
                foreach (var part in parts)
                {
                    part.Records.CopyTo(room);
                    room = room[part.Count..];
                }

                _copy = copy;
            }

            return _copy;
        }
    }
}
