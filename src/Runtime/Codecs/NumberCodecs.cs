using System.Buffers.Binary;

namespace CodegenStreaming.Codecs;

/// <summary>Writes truth values.</summary>
public readonly struct BooleanCodec : ICodec<bool>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.Boolean);

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, bool value) => writer.WritePresence(value);

    /// <inheritdoc/>
    public static bool Read(ref RecordReader reader) => reader.ReadPresence();
}

/// <summary>Writes UTF-16 code units.</summary>
public readonly struct CharCodec : ICodec<char>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.Char);

    /// <inheritdoc/>
    public static bool IsRaw => BitConverter.IsLittleEndian;

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, char value) => writer.WriteInt16((short)value);

    /// <inheritdoc/>
    public static char Read(ref RecordReader reader) => (char)reader.ReadInt16();
}

/// <summary>Writes numbers of one byte with a sign.</summary>
public readonly struct SByteCodec : ICodec<sbyte>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.SByte);

    /// <inheritdoc/>
    public static bool IsRaw => BitConverter.IsLittleEndian;

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, sbyte value) => writer.WriteByte((byte)value);

    /// <inheritdoc/>
    public static sbyte Read(ref RecordReader reader) => (sbyte)reader.ReadByte();
}

/// <summary>Writes bytes.</summary>
public readonly struct ByteCodec : ICodec<byte>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.Byte);

    /// <inheritdoc/>
    public static bool IsRaw => BitConverter.IsLittleEndian;

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, byte value) => writer.WriteByte(value);

    /// <inheritdoc/>
    public static byte Read(ref RecordReader reader) => reader.ReadByte();
}

/// <summary>Writes numbers of two bytes with a sign.</summary>
public readonly struct Int16Codec : ICodec<short>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.Int16);

    /// <inheritdoc/>
    public static bool IsRaw => BitConverter.IsLittleEndian;

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, short value) => writer.WriteInt16(value);

    /// <inheritdoc/>
    public static short Read(ref RecordReader reader) => reader.ReadInt16();
}

/// <summary>Writes numbers of two bytes.</summary>
public readonly struct UInt16Codec : ICodec<ushort>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.UInt16);

    /// <inheritdoc/>
    public static bool IsRaw => BitConverter.IsLittleEndian;

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, ushort value) => writer.WriteInt16((short)value);

    /// <inheritdoc/>
    public static ushort Read(ref RecordReader reader) => (ushort)reader.ReadInt16();
}

/// <summary>Writes numbers of four bytes with a sign.</summary>
public readonly struct Int32Codec : ICodec<int>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.Int32);

    /// <inheritdoc/>
    public static bool IsRaw => BitConverter.IsLittleEndian;

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, int value) => writer.WriteInt32(value);

    /// <inheritdoc/>
    public static int Read(ref RecordReader reader) => reader.ReadInt32();
}

/// <summary>Writes numbers of four bytes.</summary>
public readonly struct UInt32Codec : ICodec<uint>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.UInt32);

    /// <inheritdoc/>
    public static bool IsRaw => BitConverter.IsLittleEndian;

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, uint value) => writer.WriteInt32((int)value);

    /// <inheritdoc/>
    public static uint Read(ref RecordReader reader) => (uint)reader.ReadInt32();
}

/// <summary>Writes numbers of eight bytes with a sign.</summary>
public readonly struct Int64Codec : ICodec<long>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.Int64);

    /// <inheritdoc/>
    public static bool IsRaw => BitConverter.IsLittleEndian;

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, long value) => writer.WriteInt64(value);

    /// <inheritdoc/>
    public static long Read(ref RecordReader reader) => reader.ReadInt64();
}

/// <summary>Writes numbers of eight bytes.</summary>
public readonly struct UInt64Codec : ICodec<ulong>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.UInt64);

    /// <inheritdoc/>
    public static bool IsRaw => BitConverter.IsLittleEndian;

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, ulong value) => writer.WriteInt64((long)value);

    /// <inheritdoc/>
    public static ulong Read(ref RecordReader reader) => (ulong)reader.ReadInt64();
}

/// <summary>Writes numbers of sixteen bytes with a sign.</summary>
public readonly struct Int128Codec : ICodec<Int128>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.Int128);

    /// <inheritdoc/>
    public static bool IsRaw => BitConverter.IsLittleEndian;

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, Int128 value) => BinaryPrimitives.WriteInt128LittleEndian(writer.Reserve(16), value);

    /// <inheritdoc/>
    public static Int128 Read(ref RecordReader reader) => BinaryPrimitives.ReadInt128LittleEndian(reader.ReadBytes(16));
}

/// <summary>Writes numbers of sixteen bytes.</summary>
public readonly struct UInt128Codec : ICodec<UInt128>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.UInt128);

    /// <inheritdoc/>
    public static bool IsRaw => BitConverter.IsLittleEndian;

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, UInt128 value) => BinaryPrimitives.WriteUInt128LittleEndian(writer.Reserve(16), value);

    /// <inheritdoc/>
    public static UInt128 Read(ref RecordReader reader) => BinaryPrimitives.ReadUInt128LittleEndian(reader.ReadBytes(16));
}

/// <summary>Writes floating-point numbers of two bytes.</summary>
public readonly struct HalfCodec : ICodec<Half>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.Half);

    /// <inheritdoc/>
    public static bool IsRaw => BitConverter.IsLittleEndian;

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, Half value) => writer.WriteInt16(BitConverter.HalfToInt16Bits(value));

    /// <inheritdoc/>
    public static Half Read(ref RecordReader reader) => BitConverter.Int16BitsToHalf(reader.ReadInt16());
}

/// <summary>Writes floating-point numbers of four bytes.</summary>
public readonly struct SingleCodec : ICodec<float>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.Single);

    /// <inheritdoc/>
    public static bool IsRaw => BitConverter.IsLittleEndian;

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, float value) => writer.WriteInt32(BitConverter.SingleToInt32Bits(value));

    /// <inheritdoc/>
    public static float Read(ref RecordReader reader) => BitConverter.Int32BitsToSingle(reader.ReadInt32());
}

/// <summary>Writes floating-point numbers of eight bytes.</summary>
public readonly struct DoubleCodec : ICodec<double>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Of(SchemaKind.Double);

    /// <inheritdoc/>
    public static bool IsRaw => BitConverter.IsLittleEndian;

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, double value) => writer.WriteInt64(BitConverter.DoubleToInt64Bits(value));

    /// <inheritdoc/>
    public static double Read(ref RecordReader reader) => BitConverter.Int64BitsToDouble(reader.ReadInt64());
}
