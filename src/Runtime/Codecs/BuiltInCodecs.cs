using System.Runtime.CompilerServices;

namespace CodegenStreaming.Codecs;

/// <summary>The codecs that need no generated code.</summary>
internal static class BuiltInCodecs
{
    /// <summary>The codec of a type; null where the type needs generated code or a codec of the user's.</summary>
    public static RecordCodec<T>? Find<T>() => BuiltIn<T>.Codec;

    /// <summary>Comparisons of types are decided when the code is compiled, so this needs no reflection.</summary>
    private static RecordCodec? Create<T>()
    {
        var type = typeof(T);
        return type switch
        {
            _ when type == typeof(string) => RecordCodec.Of<string, StringCodec>(),
            _ when type == typeof(Utf8Slice) => RecordCodec.Of<Utf8Slice, Utf8SliceCodec>(),
            _ when type == typeof(bool) => RecordCodec.Of<bool, BooleanCodec>(),
            _ when type == typeof(char) => RecordCodec.Of<char, CharCodec>(),
            _ when type == typeof(sbyte) => RecordCodec.Of<sbyte, SByteCodec>(),
            _ when type == typeof(byte) => RecordCodec.Of<byte, ByteCodec>(),
            _ when type == typeof(short) => RecordCodec.Of<short, Int16Codec>(),
            _ when type == typeof(ushort) => RecordCodec.Of<ushort, UInt16Codec>(),
            _ when type == typeof(int) => RecordCodec.Of<int, Int32Codec>(),
            _ when type == typeof(uint) => RecordCodec.Of<uint, UInt32Codec>(),
            _ when type == typeof(long) => RecordCodec.Of<long, Int64Codec>(),
            _ when type == typeof(ulong) => RecordCodec.Of<ulong, UInt64Codec>(),
            _ when type == typeof(Int128) => RecordCodec.Of<Int128, Int128Codec>(),
            _ when type == typeof(UInt128) => RecordCodec.Of<UInt128, UInt128Codec>(),
            _ when type == typeof(Half) => RecordCodec.Of<Half, HalfCodec>(),
            _ when type == typeof(float) => RecordCodec.Of<float, SingleCodec>(),
            _ when type == typeof(double) => RecordCodec.Of<double, DoubleCodec>(),
            _ when type == typeof(decimal) => RecordCodec.Of<decimal, DecimalCodec>(),
            _ when type == typeof(Guid) => RecordCodec.Of<Guid, GuidCodec>(),
            _ when type == typeof(DateTime) => RecordCodec.Of<DateTime, DateTimeCodec>(),
            _ when type == typeof(DateTimeOffset) => RecordCodec.Of<DateTimeOffset, DateTimeOffsetCodec>(),
            _ when type == typeof(TimeSpan) => RecordCodec.Of<TimeSpan, TimeSpanCodec>(),
            _ when type == typeof(DateOnly) => RecordCodec.Of<DateOnly, DateOnlyCodec>(),
            _ when type == typeof(TimeOnly) => RecordCodec.Of<TimeOnly, TimeOnlyCodec>(),
            _ when type == typeof(byte[]) => RecordCodec.Of<byte[], ArrayCodec<byte, ByteCodec>>(),
            _ when type == typeof(int[]) => RecordCodec.Of<int[], ArrayCodec<int, Int32Codec>>(),
            _ when type == typeof(long[]) => RecordCodec.Of<long[], ArrayCodec<long, Int64Codec>>(),
            _ when type == typeof(double[]) => RecordCodec.Of<double[], ArrayCodec<double, DoubleCodec>>(),
            _ when type == typeof(string[]) => RecordCodec.Of<string[], ArrayCodec<string, StringCodec>>(),
            _ when !RuntimeHelpers.IsReferenceOrContainsReferences<T>() => RecordCodec.Of<T, RawCodec<T>>(),
            _ => null,
        };
    }

    private static class BuiltIn<T>
    {
        public static readonly RecordCodec<T>? Codec = (RecordCodec<T>?)Create<T>();
    }
}
