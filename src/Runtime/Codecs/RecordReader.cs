using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Codecs;

/// <summary>Bytes that codecs read from. Whatever would lie behind their end is refused, and no length is believed that the rest cannot hold.</summary>
public ref struct RecordReader
{
    private const int BitsOfByte = 7;
    private const int LastShift = 28;

    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;
    private Utf8TextBlock? _text;

    internal RecordReader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>How many bytes have been read.</summary>
    public readonly int Position => _position;

    /// <summary>How many bytes are left.</summary>
    public readonly int Remaining => _bytes.Length - _position;

    /// <summary>Reads one byte.</summary>
    public byte ReadByte() => ReadBytes(sizeof(byte))[0];

    /// <summary>Reads two bytes.</summary>
    public short ReadInt16() => BinaryPrimitives.ReadInt16LittleEndian(ReadBytes(sizeof(short)));

    /// <summary>Reads four bytes.</summary>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(ReadBytes(sizeof(int)));

    /// <summary>Reads eight bytes.</summary>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(ReadBytes(sizeof(long)));

    /// <summary>Reads bytes as they are. They are valid while the codec reads.</summary>
    /// <param name="count">How many.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if ((uint)count > (uint)Remaining)
        {
            ThrowEnd(count);
        }

        var bytes = _bytes.Slice(_position, count);
        _position += count;
        return bytes;
    }

    /// <summary>Reads a length or a count of what takes at least so many bytes each: one that the rest cannot hold is refused.</summary>
    /// <param name="minimumSize">The least number of bytes of one; <see cref="RecordSchema.MinimumSize"/>.</param>
    public int ReadLength(int minimumSize = 1)
    {
        var start = _position;
        return CheckLength(ReadVariable(), minimumSize, start);
    }

    /// <summary>Reads the number of a list's elements; null where the list is.</summary>
    /// <param name="minimumSize">The least number of bytes of an element.</param>
    public int? ReadListLength(int minimumSize = 1)
    {
        var start = _position;
        var header = ReadVariable();
        return header == 0 ? null : CheckLength(header - 1, minimumSize, start);
    }

    /// <summary>Reads whether a value follows.</summary>
    public bool ReadPresence()
    {
        var start = _position;
        var mark = ReadByte();
        if (mark > 1)
        {
            Fail($"The mark {mark} of a value that may be missing is neither 0 nor 1", start);
        }

        return mark == 1;
    }

    /// <summary>Reads text that is UTF-8; the bytes are valid while the codec reads.</summary>
    public ReadOnlySpan<byte> ReadText() => ReadBytes(ReadLength());

    /// <summary>Reads text as a slice in memory that no batch takes back. The texts read by one reader lie in one piece of memory.</summary>
    public Utf8Slice ReadSlice()
    {
        var length = ReadLength();
        if (length == 0)
        {
            return default;
        }

        var start = _position;
        _position += length; // ReadLength has seen that they are there.
        _text ??= Utf8TextBlock.Copy(_bytes);
        return new Utf8Slice(_text, start, length);
    }

    /// <summary>Reads a string or null.</summary>
    public string? ReadString()
    {
        var start = _position;
        if (!TryReadString(out var text, out var isUtf16))
        {
            return null;
        }

        if (isUtf16)
        {
            return string.Create(text.Length / sizeof(char), text, static (characters, bytes) =>
            {
                for (var index = 0; index < characters.Length; index++)
                {
                    characters[index] = (char)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(index * sizeof(char))..]);
                }
            });
        }

        if (!Utf8.IsValid(text))
        {
            Fail("A text is not UTF-8", start);
        }

        return Encoding.UTF8.GetString(text);
    }

    /// <summary>For what is no value of the codec's type.</summary>
    /// <param name="problem">What is wrong, without a full stop.</param>
    /// <param name="position">Where, in what is read; where the reader stands when null.</param>
    /// <exception cref="CorruptRecordException">Always.</exception>
    [DoesNotReturn]
    public readonly void Fail(string problem, int? position = null) => throw new CorruptRecordException(problem, position ?? _position);

    /// <summary>Fills values with the bytes that they lie in.</summary>
    internal void ReadRaw<T>(scoped Span<T> values)
    {
        var target = RawMemory.Bytes(values);
        ReadBytes(target.Length).CopyTo(target);
    }

    /// <summary>Goes past a string without making it.</summary>
    internal void SkipString() => TryReadString(out _, out _);

    /// <summary>What lies between two positions that were read.</summary>
    internal readonly ReadOnlySpan<byte> Between(int start, int end) => _bytes[start..end];

    private readonly int CheckLength(uint length, int minimumSize, int start)
    {
        if ((ulong)length * (uint)Math.Max(1, minimumSize) > (uint)Remaining)
        {
            Fail($"A length of {length} is more than the {Remaining} bytes behind it can hold", start);
        }

        return (int)length;
    }

    /// <summary>The bytes of a string; false where it is null.</summary>
    private bool TryReadString(out ReadOnlySpan<byte> text, out bool isUtf16)
    {
        var start = _position;
        var header = ReadVariable();
        isUtf16 = header != 0 && (header & 1) == 0;
        var length = isUtf16 ? ((long)(header / 2) - 1) * sizeof(char) : header / 2;
        if (length > Remaining)
        {
            Fail($"A text of {length} bytes is longer than the {Remaining} bytes behind its length", start);
        }

        text = ReadBytes((int)length);
        return header != 0;
    }

    private uint ReadVariable()
    {
        var start = _position;
        var value = 0u;
        for (var shift = 0; shift <= LastShift; shift += BitsOfByte)
        {
            var next = ReadByte();
            if (shift == LastShift && next > 0xF)
            {
                break;
            }

            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        Fail("A length has more than 32 bits", start);
        return 0;
    }

    [DoesNotReturn]
    private readonly void ThrowEnd(int count) => Fail($"{count} bytes are expected where {Remaining} are left");
}
