using System.Text;
using CodegenStreaming.Memory;

namespace CodegenStreaming;

/// <summary>
/// A piece of UTF-8 text inside a block's memory: splitting, trimming and comparing it never allocate. It is valid until its batch is over;
/// used later it throws <see cref="ObjectDisposedException"/>. What is to outlive the batch is copied with <see cref="ToString"/> or <see cref="ToArray"/>.
/// </summary>
public readonly struct Utf8Slice : IEquatable<Utf8Slice>
{
    private readonly Utf8TextBlock? _block;
    private readonly int _start;
    private readonly int _length;

    internal Utf8Slice(Utf8TextBlock block, int start, int length) => (_block, _start, _length) = (block, start, length);

    /// <summary>The length in bytes.</summary>
    public int Length => _length;

    /// <summary>The bytes.</summary>
    /// <exception cref="ObjectDisposedException">The slice's batch is over.</exception>
    public ReadOnlySpan<byte> Span => _block is null ? default : Bytes.AsSpan(_start, _length);

    private byte[] Bytes => _block!.Bytes ?? throw new ObjectDisposedException(nameof(Utf8Slice), "The text's batch is over and its memory went back to the pool. Copy what is to be kept with ToString().");

    /// <summary>A copy of the bytes.</summary>
    public byte[] ToArray() => Span.ToArray();

    /// <inheritdoc/>
    public bool Equals(Utf8Slice other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Utf8Slice other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary>The text; malformed bytes become U+FFFD.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Span);

    /// <summary>Whether two slices hold the same bytes.</summary>
    public static bool operator ==(Utf8Slice left, Utf8Slice right) => left.Equals(right);

    /// <summary>Whether two slices hold different bytes.</summary>
    public static bool operator !=(Utf8Slice left, Utf8Slice right) => !left.Equals(right);
}
