using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>Lines of text on their way into a block; a derived class says what kind of record a line becomes. Not thread-safe.</summary>
internal abstract class LineBuffer<T> : ILineSink
{
    /// <summary>The number of lines so far.</summary>
    public abstract int Count { get; }

    /// <summary>True when the block has become as large as one should be.</summary>
    public abstract bool IsFull { get; }

    public abstract void WriteLine(ReadOnlySpan<byte> line);

    public virtual void WriteLines(ReadOnlySpan<byte> lines)
    {
        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf(Utf8TextBlock.LineEnd);
            WriteLine(lines[..end]);
            lines = lines[(end + 1)..];
        }
    }

    /// <summary>What reads a file into blocks of such lines, one after another; it takes the place of this buffer.</summary>
    public virtual LineReader<T> ToReader(BlockPool pool) => new SplitLineReader<T>(this, pool);

    /// <summary>What the lines of a chunk of bytes will occupy.</summary>
    public abstract long Measure(ReadOnlySpan<byte> chunk);

    /// <summary>Hands the lines over as a block, which now owns the memory; there is at least one.</summary>
    public abstract Block<T> ToBlock();
}
