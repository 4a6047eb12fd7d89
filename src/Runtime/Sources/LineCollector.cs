using CodegenStreaming.Batches;

namespace CodegenStreaming.Sources;

/// <summary>Collects lines of text from the bytes of a stream.</summary>
internal abstract class LineCollector<T>(InputServices services) : BlockCollector<T>(services), ILineSink
{
    /// <summary>What the lines of a chunk of bytes will occupy.</summary>
    public abstract long Measure(ReadOnlySpan<byte> chunk);

    /// <summary>Stores the lines that end in a chunk, for which room was reserved.</summary>
    public void Append(ReadOnlySpan<byte> chunk, LineSplitter lines, long reserved)
    {
        lock (Gate)
        {
            BeginStore(reserved);
            lines.Append(chunk, this);
        }
    }

    /// <summary>Stores what stands after the last newline, if anything.</summary>
    public void Complete(LineSplitter lines)
    {
        lock (Gate)
        {
            BeginStore(0);
            lines.Complete(this);
        }
    }

    /// <summary>Takes one line. Under the gate.</summary>
    public abstract void WriteLine(ReadOnlySpan<byte> line);
}
