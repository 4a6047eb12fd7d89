using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using CodegenStreaming.Memory;

namespace CodegenStreaming;

/// <summary>
/// A piece of UTF-8 text inside a block's memory: splitting, trimming, parsing and comparing it never allocate. It is valid until its batch is over;
/// used later it throws <see cref="ObjectDisposedException"/>. What is to outlive the batch is copied with <see cref="ToString()"/> or
/// <see cref="ToArray"/>. Lengths and positions are in bytes. The default value is the empty text. Immutable, hence thread-safe.
/// </summary>
[DebuggerDisplay("{DebuggerText}")]
public readonly partial struct Utf8Slice
    : IEquatable<Utf8Slice>, IComparable<Utf8Slice>, IComparable, IComparisonOperators<Utf8Slice, Utf8Slice, bool>, ISpanFormattable, IUtf8SpanFormattable
{
    private readonly Utf8TextBlock? _block;
    private readonly int _start;
    private readonly int _length;

    internal Utf8Slice(Utf8TextBlock? block, int start, int length) => (_block, _start, _length) = (block, start, length);

    /// <summary>A text of one's own, in memory that no batch takes back.</summary>
    /// <param name="utf8">The bytes; they are copied.</param>
    public static Utf8Slice Copy(ReadOnlySpan<byte> utf8) =>
        utf8.IsEmpty ? default : new Utf8Slice(Utf8TextBlock.Copy(utf8), 0, utf8.Length);

    /// <summary>A text of one's own, in memory that no batch takes back.</summary>
    /// <param name="text">The text; it is encoded as UTF-8, lone surrogates as U+FFFD.</param>
    public static Utf8Slice Copy(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Copy(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The length in bytes.</summary>
    public int Length => _length;

    /// <summary>True where there are no bytes.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>The bytes.</summary>
    /// <exception cref="ObjectDisposedException">The slice's batch is over.</exception>
    public ReadOnlySpan<byte> Span
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => MemoryMarshal.CreateReadOnlySpan(ref First, _length);
    }

    /// <summary>The byte at a position.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such position.</exception>
    public byte this[int index] => Span[index];

    /// <summary>
    /// The first byte, for loops and tables that read the text without bounds. The slice lies within its block (it was cut there), so one check
    /// suffices: that the block still has its memory. <see cref="Utf8TextBlock.Padding"/> bytes may be read from any position of the text, its end
    /// included; what lies beyond the end is anything.
    /// </summary>
    internal ref byte First
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (_block is null)
            {
                return ref MemoryMarshal.GetReference(NoText);
            }

            return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_block.Bytes ?? Utf8TextBlock.ThrowReturned()), (nint)(uint)_start);
        }
    }

    /// <summary>What the default slice reads: no text, and the padding behind it.</summary>
    private static ReadOnlySpan<byte> NoText =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    private string DebuggerText => _block is null || _block.Bytes is not null ? ToString() : "(its batch is over)";

    /// <summary>The part from a position to the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position is not within the text.</exception>
    public Utf8Slice Slice(int start)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start, (uint)_length, nameof(start));
        return new Utf8Slice(_block, _start + start, _length - start);
    }

    /// <summary>The part from a position, of a length. Ranges work too: <c>text[1..^1]</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part is not within the text.</exception>
    public Utf8Slice Slice(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start, (uint)_length, nameof(start));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)(_length - start), nameof(length));
        return new Utf8Slice(_block, _start + start, length);
    }

    /// <summary>A copy of the bytes.</summary>
    public byte[] ToArray() => Span.ToArray();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Equals(Utf8Slice other) => _length == other._length && Utf8Words.AreEqual(ref First, ref other.First, _length);

    /// <summary>Whether the text is exactly these bytes, such as <c>"yes"u8</c>.</summary>
    public bool Equals(ReadOnlySpan<byte> utf8) => Span.SequenceEqual(utf8);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Utf8Slice other && Equals(other);

    /// <summary>A hash of the bytes, seeded once per process: do not store it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override int GetHashCode() => Utf8Words.Hash(ref First, _length);

    /// <summary>Compares byte by byte, which is the order of the code points.</summary>
    public int CompareTo(Utf8Slice other) => Span.SequenceCompareTo(other.Span);

    /// <inheritdoc/>
    int IComparable.CompareTo(object? obj) => obj switch
    {
        null => 1,
        Utf8Slice other => CompareTo(other),
        _ => throw new ArgumentException($"A {nameof(Utf8Slice)} can't be compared with a {obj.GetType()}.", nameof(obj)),
    };

    /// <summary>The text as a string of its own; malformed bytes become U+FFFD.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Span);

    /// <inheritdoc/>
    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <inheritdoc/>
    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        Encoding.UTF8.TryGetChars(Span, destination, out charsWritten);

    /// <inheritdoc/>
    bool IUtf8SpanFormattable.TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        var copied = Span.TryCopyTo(utf8Destination);
        bytesWritten = copied ? _length : 0;
        return copied;
    }

    /// <summary>Whether two slices hold the same bytes.</summary>
    public static bool operator ==(Utf8Slice left, Utf8Slice right) => left.Equals(right);

    /// <summary>Whether two slices hold different bytes.</summary>
    public static bool operator !=(Utf8Slice left, Utf8Slice right) => !left.Equals(right);

    /// <summary>Whether a text comes before another one, byte by byte.</summary>
    public static bool operator <(Utf8Slice left, Utf8Slice right) => left.CompareTo(right) < 0;

    /// <summary>Whether a text comes after another one, byte by byte.</summary>
    public static bool operator >(Utf8Slice left, Utf8Slice right) => left.CompareTo(right) > 0;

    /// <summary>Whether a text does not come after another one, byte by byte.</summary>
    public static bool operator <=(Utf8Slice left, Utf8Slice right) => left.CompareTo(right) <= 0;

    /// <summary>Whether a text does not come before another one, byte by byte.</summary>
    public static bool operator >=(Utf8Slice left, Utf8Slice right) => left.CompareTo(right) >= 0;
}
