using CodegenStreaming.Batches;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>Collects lines of text from the bytes of a stream.</summary>
internal sealed class LineCollector<T>(InputServices services, LineBuffer<T> open) : BlockCollector<T>(services)
{
    protected override int OpenCount => open.Count;

    protected override bool IsOpenFull => open.IsFull;

    /// <summary>What the lines of a chunk of bytes will occupy.</summary>
    public long Measure(ReadOnlySpan<byte> chunk) => open.Measure(chunk);

    /// <summary>Stores the lines that end in a chunk, for which room was reserved.</summary>
    public void Append(ReadOnlySpan<byte> chunk, LineSplitter lines, long reserved)
    {
        lock (Gate)
        {
            BeginStore(reserved);
            lines.Append(chunk, open);
        }
    }

    /// <summary>Stores what stands after the last newline, if anything.</summary>
    public void Complete(LineSplitter lines)
    {
        lock (Gate)
        {
            BeginStore(0);
            lines.Complete(open);
        }
    }

    protected override Block<T> SealOpen() => open.ToBlock();
}
