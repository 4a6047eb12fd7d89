using CodegenStreaming.Batches;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>Collects records that are objects or values already.</summary>
internal sealed class RowCollector<T>(InputServices services) : BlockCollector<T>(services)
{
    private const int FullCount = 4 * 1024 * 1024;

    private readonly RowBuffer<T> _open = new(services.Pool);

    protected override int OpenCount => _open.Count;

    protected override bool IsOpenFull => _open.Count >= FullCount;

    /// <summary>Stores records, for which room was reserved.</summary>
    public void Append(ReadOnlySpan<T> records, long reserved)
    {
        lock (Gate)
        {
            BeginStore(reserved);
            _open.Add(records);
        }
    }

    protected override Block<T> SealOpen() => _open.ToBlock();
}
