using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace CodegenStreaming.Execution;

/// <summary>
/// The partition hash, version 1: the upper 32 bits of XxHash3 over a key's canonical bytes. Stable for ever, so that state finds its place after a
/// restart. Canonical bytes: text as UTF-8; whole numbers, characters, enums, dates (ticks) and truth values as eight bytes, floating-point numbers as
/// those of the double, so that a key keeps its place when its type is widened; a Guid as its sixteen bytes; a tuple as its elements' hashes, four
/// bytes each; all little-endian. Null is 0.
/// Other types are hashed by <see cref="object.GetHashCode"/>: equal keys meet in one partition, but which one may differ from process to process
/// (it does for records that hold strings).
/// </summary>
internal static class PartitionHash
{
    /// <summary>The hash of a key. The tests of the type are decided when the method is compiled for it, so the usual keys are not boxed.</summary>
    public static uint Of<TKey>(TKey key)
    {
        if (typeof(TKey) == typeof(string))
        {
            return Unsafe.As<TKey, string?>(ref key) is { } text ? OfText(text) : 0;
        }

        if (typeof(TKey) == typeof(Utf8Slice))
        {
            return OfBytes(Unsafe.As<TKey, Utf8Slice>(ref key).Span);
        }

        if (typeof(TKey) == typeof(Guid))
        {
            return OfGuid(Unsafe.As<TKey, Guid>(ref key));
        }

        if (typeof(TKey) == typeof(double))
        {
            return OfDouble(Unsafe.As<TKey, double>(ref key));
        }

        if (typeof(TKey) == typeof(float))
        {
            return OfDouble(Unsafe.As<TKey, float>(ref key));
        }

        if (typeof(TKey) == typeof(decimal))
        {
            return OfDecimal(Unsafe.As<TKey, decimal>(ref key));
        }

        if (TryWiden(ref key, out var integer))
        {
            return OfInteger(integer);
        }

        // Classes, nullable values and tuples tell their type when boxed; any other struct hashes itself.
        return default(TKey) is null || key is ITuple ? OfBoxed(key) : OfInteger(key!.GetHashCode());
    }

    private static bool TryWiden<TKey>(ref TKey key, out long value)
    {
        if (typeof(TKey) == typeof(int))
        {
            value = Unsafe.As<TKey, int>(ref key);
        }
        else if (typeof(TKey) == typeof(long) || typeof(TKey) == typeof(ulong))
        {
            value = Unsafe.As<TKey, long>(ref key);
        }
        else if (typeof(TKey) == typeof(uint))
        {
            value = Unsafe.As<TKey, uint>(ref key);
        }
        else if (typeof(TKey) == typeof(short))
        {
            value = Unsafe.As<TKey, short>(ref key);
        }
        else if (typeof(TKey) == typeof(ushort) || typeof(TKey) == typeof(char))
        {
            value = Unsafe.As<TKey, ushort>(ref key);
        }
        else if (typeof(TKey) == typeof(byte) || typeof(TKey) == typeof(bool))
        {
            value = Unsafe.As<TKey, byte>(ref key);
        }
        else if (typeof(TKey) == typeof(sbyte))
        {
            value = Unsafe.As<TKey, sbyte>(ref key);
        }
        else if (typeof(TKey) == typeof(DateTime))
        {
            value = Unsafe.As<TKey, DateTime>(ref key).Ticks;
        }
        else if (typeof(TKey) == typeof(DateTimeOffset))
        {
            value = Unsafe.As<TKey, DateTimeOffset>(ref key).UtcTicks;
        }
        else if (typeof(TKey) == typeof(TimeSpan))
        {
            value = Unsafe.As<TKey, TimeSpan>(ref key).Ticks;
        }
        else if (typeof(TKey) == typeof(DateOnly))
        {
            value = Unsafe.As<TKey, DateOnly>(ref key).DayNumber;
        }
        else if (typeof(TKey) == typeof(TimeOnly))
        {
            value = Unsafe.As<TKey, TimeOnly>(ref key).Ticks;
        }
        else
        {
            value = 0;
            return typeof(TKey).IsEnum && TryWidenEnum(ref key, out value);
        }

        return true;
    }

    private static bool TryWidenEnum<TKey>(ref TKey key, out long value) => Type.GetTypeCode(typeof(TKey)) switch
    {
        TypeCode.Int32 => TryWiden(ref Unsafe.As<TKey, int>(ref key), out value),
        TypeCode.Byte => TryWiden(ref Unsafe.As<TKey, byte>(ref key), out value),
        TypeCode.SByte => TryWiden(ref Unsafe.As<TKey, sbyte>(ref key), out value),
        TypeCode.Int16 => TryWiden(ref Unsafe.As<TKey, short>(ref key), out value),
        TypeCode.UInt16 => TryWiden(ref Unsafe.As<TKey, ushort>(ref key), out value),
        TypeCode.UInt32 => TryWiden(ref Unsafe.As<TKey, uint>(ref key), out value),
        _ => TryWiden(ref Unsafe.As<TKey, long>(ref key), out value),
    };

    /// <summary>The same by the value's own type: elements of tuples, enums, nullable values.</summary>
    private static uint OfBoxed(object? key) => key switch
    {
        null => 0,
        string value => OfText(value),
        int value => Of(value),
        long value => Of(value),
        Utf8Slice value => Of(value),
        Guid value => Of(value),
        double value => Of(value),
        float value => Of(value),
        bool value => Of(value),
        char value => Of(value),
        byte value => Of(value),
        sbyte value => Of(value),
        short value => Of(value),
        ushort value => Of(value),
        uint value => Of(value),
        ulong value => Of(value),
        decimal value => Of(value),
        DateTime value => Of(value),
        DateTimeOffset value => Of(value),
        TimeSpan value => Of(value),
        DateOnly value => Of(value),
        TimeOnly value => Of(value),
        Enum value => OfBoxed(Convert.ChangeType(value, value.GetTypeCode(), null)),
        ITuple tuple => OfTuple(tuple),
        _ => OfInteger(key.GetHashCode()),
    };

    private static uint OfTuple(ITuple tuple)
    {
        const int OnStack = 16;
        var length = tuple.Length * sizeof(uint);
        Span<byte> hashes = tuple.Length <= OnStack ? stackalloc byte[OnStack * sizeof(uint)] : new byte[length];
        for (var index = 0; index < tuple.Length; index++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(hashes[(index * sizeof(uint))..], OfBoxed(tuple[index]));
        }

        return OfBytes(hashes[..length]);
    }

    [SkipLocalsInit]
    private static uint OfText(string text)
    {
        const int OnStack = 512;
        Span<byte> bytes = stackalloc byte[OnStack];
        if (!Encoding.UTF8.TryGetBytes(text, bytes, out var length))
        {
            bytes = Encoding.UTF8.GetBytes(text);
            length = bytes.Length;
        }

        return OfBytes(bytes[..length]);
    }

    private static uint OfInteger(long value)
    {
        if (!BitConverter.IsLittleEndian)
        {
            value = BinaryPrimitives.ReverseEndianness(value);
        }

        return OfBytes(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in value)));
    }

    /// <summary>Numbers that are equal have one hash: both zeros, and every NaN.</summary>
    private static uint OfDouble(double value) => OfInteger(BitConverter.DoubleToInt64Bits(value == 0 ? 0.0 : double.IsNaN(value) ? double.NaN : value));

    private static uint OfGuid(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes);
        return OfBytes(bytes);
    }

    /// <summary>Without trailing zeros: 1.0 equals 1.00.</summary>
    private static uint OfDecimal(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value == 0 ? 0 : value / 1.0000000000000000000000000000m, parts);
        Span<byte> bytes = stackalloc byte[16];
        for (var index = 0; index < parts.Length; index++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes[(index * sizeof(int))..], parts[index]);
        }

        return OfBytes(bytes);
    }

    private static uint OfBytes(ReadOnlySpan<byte> bytes) => (uint)(XxHash3.HashToUInt64(bytes) >> 32);
}
