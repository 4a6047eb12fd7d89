using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>Makes blocks of lines of the bytes of a file, which it gives the room for. Not thread-safe.</summary>
internal abstract class LineReader<T> : IDisposable
{
    /// <summary>Small enough for a processor's cache, large enough that a block's own cost is nothing beside its lines.</summary>
    protected const int BlockLength = 1024 * 1024;

    /// <summary>Whether there is a line to make a block of.</summary>
    public abstract bool HasLines { get; }

    /// <summary>True when the block has become as large as one should be.</summary>
    public abstract bool IsFull { get; }

    /// <summary>Where the next bytes go; never empty.</summary>
    public abstract Span<byte> Room { get; }

    /// <summary>Takes the first bytes of the room, which are there now.</summary>
    public abstract void Take(int length);

    /// <summary>The file is over: what stands after the last newline is a line too.</summary>
    public abstract void Complete();

    /// <summary>Hands the lines over as a block, which now owns the memory; there is at least one. What of a line is there already is kept.</summary>
    public abstract Block<T> ToBlock();

    public abstract void Dispose();
}
