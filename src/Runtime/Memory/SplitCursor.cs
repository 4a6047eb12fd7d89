using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CodegenStreaming.Memory;

/// <summary>Which bytes separate the pieces of a text.</summary>
internal interface ISeparators
{
    /// <summary>A bit for each byte of the chunk, set for a separator; the first byte's is the lowest.</summary>
    uint Mask(ref readonly byte chunk);
}

/// <summary>
/// Walks over the pieces of a text. Looks at 32 bytes at a time and keeps the positions of the separators among them as a bit mask, so that a short
/// piece costs a few instructions and no call.
/// </summary>
internal struct SplitCursor<TSeparators>
    where TSeparators : struct, ISeparators
{
    private const int ChunkLength = 32;

    private readonly Utf8TextBlock? _block;
    private readonly TSeparators _separators;
    private readonly int _end;
    private readonly StringSplitOptions _options;

    /// <summary>Where the next piece begins; past the end once the last piece was given.</summary>
    private int _next;

    /// <summary>Where the chunk begins that the mask stands for.</summary>
    private int _chunk;
    private uint _mask;
    private int _start;
    private int _length;

    public SplitCursor(Utf8TextBlock? block, int start, int length, TSeparators separators, StringSplitOptions options)
    {
        _block = block;
        _separators = separators;
        _options = options;
        _end = start + length;
        _next = start;
        _chunk = start - ChunkLength;
    }

    public readonly Utf8Slice Current => new(_block, _start, _length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext() => _options == StringSplitOptions.None ? Step() : StepWithOptions();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Step()
    {
        var start = _next;
        if (start > _end)
        {
            return false;
        }

        while (_mask == 0)
        {
            _chunk += ChunkLength;
            if (_chunk >= _end)
            {
                _start = start;
                _length = _end - start;
                _next = _end + 1;
                return true;
            }

            _mask = Load();
        }

        var separator = _chunk + BitOperations.TrailingZeroCount(_mask);
        _mask &= _mask - 1;
        _start = start;
        _length = separator - start;
        _next = separator + 1;
        return true;
    }

    private bool StepWithOptions()
    {
        while (Step())
        {
            if ((_options & StringSplitOptions.TrimEntries) != 0)
            {
                var before = Current;
                var trimmed = before.TrimStart();
                _start += before.Length - trimmed.Length;
                _length = trimmed.TrimEnd().Length;
            }

            if (_length > 0 || (_options & StringSplitOptions.RemoveEmptyEntries) == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The mask of the chunk, cut at the text's end. It begins within the text, so a load stays within the block's padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly uint Load()
    {
        var bytes = _block!.Bytes ?? Utf8TextBlock.ThrowReturned();
        var mask = _separators.Mask(in Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), (nint)(uint)_chunk));
        var rest = _end - _chunk;
        return rest < ChunkLength ? mask & ((1u << rest) - 1) : mask;
    }
}

/// <summary>One byte.</summary>
internal readonly struct OneSeparator(byte value) : ISeparators
{
    private readonly byte _value = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Mask(ref readonly byte chunk) => Vector256.Equals(Vector256.LoadUnsafe(in chunk), Vector256.Create(_value)).ExtractMostSignificantBits();
}

/// <summary>A set of ASCII characters: for each lower half byte, a bit for each upper half byte (0 to 7).</summary>
internal readonly struct AsciiSeparators : ISeparators
{
    private readonly Vector128<byte> _rows;

    public AsciiSeparators(ReadOnlySpan<char> characters)
    {
        Span<byte> rows = stackalloc byte[Vector128<byte>.Count];
        rows.Clear();
        foreach (var character in characters)
        {
            rows[character & 15] |= (byte)(1 << (character >> 4));
        }

        _rows = Vector128.Create<byte>(rows);
    }

    public uint Mask(ref readonly byte chunk) =>
        Half(Vector128.LoadUnsafe(in chunk)) | (Half(Vector128.LoadUnsafe(in chunk, (nuint)Vector128<byte>.Count)) << Vector128<byte>.Count);

    private uint Half(Vector128<byte> bytes)
    {
        // The bit of each upper half byte: 1, 2, 4 … for 0 to 7, none for bytes beyond ASCII.
        var bits = Vector128.Create((byte)1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0);
        var row = Vector128.Shuffle(_rows, bytes & Vector128.Create((byte)15));
        var bit = Vector128.Shuffle(bits, bytes >>> 4);
        return (~Vector128.Equals(row & bit, Vector128<byte>.Zero)).ExtractMostSignificantBits();
    }
}
