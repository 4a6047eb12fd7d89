using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Codecs;

/// <summary>Bytes that codecs write to, in memory that grows. Numbers are little-endian, counts and lengths of variable length.</summary>
public ref struct RecordWriter
{
    /// <summary>A text of so many characters has at most sixty-three bytes, whose header is one byte.</summary>
    private const int ShortText = 21;

    private const int BytesOfCharacter = 3;

    private readonly BlockPool _pool;
    private byte[] _bytes;
    private int _length;

    internal RecordWriter(BlockPool pool, int capacity = BlockPool.InitialCapacity)
    {
        _pool = pool;
        _bytes = pool.Rent<byte>(capacity);
    }

    /// <summary>Goes on where another writer was detached.</summary>
    internal RecordWriter(BlockPool pool, byte[] bytes, int length) => (_pool, _bytes, _length) = (pool, bytes, length);

    /// <summary>How many bytes are written.</summary>
    public readonly int Length => _length;

    internal readonly ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Writes one byte.</summary>
    public void WriteByte(byte value) => Reserve(sizeof(byte))[0] = value;

    /// <summary>Writes two bytes.</summary>
    public void WriteInt16(short value) => BinaryPrimitives.WriteInt16LittleEndian(Reserve(sizeof(short)), value);

    /// <summary>Writes four bytes.</summary>
    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Reserve(sizeof(int)), value);

    /// <summary>Writes eight bytes.</summary>
    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(sizeof(long)), value);

    /// <summary>Writes bytes as they are, without their number.</summary>
    public void WriteBytes(scoped ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>Writes a count or a length: one byte below 128.</summary>
    public void WriteLength(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        WriteVariable((uint)value);
    }

    /// <summary>Writes the number of a list's elements, or that the list is null.</summary>
    public void WriteListLength(int? length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length ?? 0, nameof(length));
        WriteVariable(length is { } count ? (uint)count + 1 : 0);
    }

    /// <summary>Writes whether a value follows, for one that may be missing.</summary>
    /// <returns>The argument.</returns>
    public bool WritePresence(bool isPresent)
    {
        WriteByte(isPresent ? (byte)1 : (byte)0);
        return isPresent;
    }

    /// <summary>Writes text that is UTF-8, with its length.</summary>
    public void WriteText(scoped ReadOnlySpan<byte> utf8)
    {
        WriteVariable((uint)utf8.Length);
        WriteBytes(utf8);
    }

    /// <summary>Writes a string, or that it is null: as UTF-8, and one that has no UTF-8 (a lone surrogate) as UTF-16.</summary>
    public void WriteString(string? value)
    {
        if (value is null)
        {
            WriteByte(0);
            return;
        }

        var start = _length;
        if (value.Length <= ShortText)
        {
            var room = Reserve(1 + (value.Length * BytesOfCharacter));
            if (Utf8.FromUtf16(value, room[1..], out _, out var written, replaceInvalidSequences: false) == OperationStatus.Done)
            {
                room[0] = (byte)((written * 2) + 1);
                _length = start + 1 + written;
                return;
            }
        }
        else
        {
            var count = Encoding.UTF8.GetByteCount(value);
            WriteVariable(((uint)count * 2) + 1);
            if (Utf8.FromUtf16(value, Reserve(count), out _, out _, replaceInvalidSequences: false) == OperationStatus.Done)
            {
                return;
            }
        }

        _length = start;
        WriteVariable(((uint)value.Length * 2) + 2);
        foreach (var character in value)
        {
            WriteInt16((short)character);
        }
    }

    /// <summary>Values as they lie in memory.</summary>
    internal void WriteRaw<T>(scoped ReadOnlySpan<T> values) => WriteBytes(RawMemory.Bytes(values));

    /// <summary>Room for so many bytes, which count as written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span<byte> Reserve(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Grow(count);
        }

        var room = _bytes.AsSpan(_length, count);
        _length += count;
        return room;
    }

    /// <summary>Writes four bytes over those that are there: a length that is known only now.</summary>
    internal readonly void SetInt32(int position, int value) => BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(position, sizeof(int)), value);

    /// <summary>Takes back what was written last.</summary>
    internal void Truncate(int length) => _length = length;

    /// <summary>The pool's array and how many of its bytes are written, for one who keeps them and writes on later.</summary>
    internal readonly (byte[] Bytes, int Length) Detach() => (_bytes, _length);

    /// <summary>Gives the memory back.</summary>
    internal void Dispose()
    {
        if (_bytes.Length > 0)
        {
            _pool.Return(_bytes, 0);
            _bytes = [];
            _length = 0;
        }
    }

    private void WriteVariable(uint value)
    {
        while (value >= 0x80)
        {
            WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        WriteByte((byte)value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count)
    {
        var needed = (long)_length + count;
        if (needed > Array.MaxLength)
        {
            throw new StreamingException($"Records of {needed:N0} bytes are too large to be written together; the limit is {Array.MaxLength:N0} bytes.");
        }

        var larger = _pool.Rent<byte>((int)Math.Max(needed, Math.Min(2L * _bytes.Length, Array.MaxLength)));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        _pool.Return(_bytes, 0);
        _bytes = larger;
    }
}
