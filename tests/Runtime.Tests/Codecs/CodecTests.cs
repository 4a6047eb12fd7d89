using System.Collections.Immutable;
using System.Globalization;
using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Tests.Codecs;

public sealed class CodecTests
{
    [Fact]
    public void Value_ComesBack()
    {
        AssertSame<bool, BooleanCodec>(true, false);
        AssertSame<char, CharCodec>('a', '\uD800', char.MaxValue);
        AssertSame<sbyte, SByteCodec>(sbyte.MinValue, 0, sbyte.MaxValue);
        AssertSame<byte, ByteCodec>(0, byte.MaxValue);
        AssertSame<short, Int16Codec>(short.MinValue, -1, short.MaxValue);
        AssertSame<ushort, UInt16Codec>(0, ushort.MaxValue);
        AssertSame<int, Int32Codec>(int.MinValue, -1, 0, int.MaxValue);
        AssertSame<uint, UInt32Codec>(0, uint.MaxValue);
        AssertSame<long, Int64Codec>(long.MinValue, -1, long.MaxValue);
        AssertSame<ulong, UInt64Codec>(0, ulong.MaxValue);
        AssertSame<Int128, Int128Codec>(Int128.MinValue, -1, Int128.MaxValue);
        AssertSame<UInt128, UInt128Codec>(0, UInt128.MaxValue);
        AssertSame<Half, HalfCodec>(Half.MinValue, Half.Epsilon, Half.NaN);
        AssertSame<float, SingleCodec>(float.MinValue, float.NegativeInfinity, float.NaN);
        AssertSame<double, DoubleCodec>(double.MinValue, -0.0, double.Epsilon, double.NaN);
        AssertSame<decimal, DecimalCodec>(decimal.MinValue, 0, 1.50m, decimal.MaxValue, 1e-28m);
        AssertSame<Guid, GuidCodec>(Guid.Empty, new Guid("00112233-4455-6677-8899-aabbccddeeff"));
        AssertSame<TimeSpan, TimeSpanCodec>(TimeSpan.MinValue, TimeSpan.Zero, TimeSpan.MaxValue);
        AssertSame<DateOnly, DateOnlyCodec>(DateOnly.MinValue, DateOnly.MaxValue);
        AssertSame<TimeOnly, TimeOnlyCodec>(TimeOnly.MinValue, TimeOnly.MaxValue);
    }

    [Fact]
    public void Date_KeepsItsKindAndItsDistanceFromUtc()
    {
        foreach (var kind in Enum.GetValues<DateTimeKind>())
        {
            foreach (var date in new[] { DateTime.SpecifyKind(DateTime.MinValue, kind), DateTime.SpecifyKind(DateTime.MaxValue, kind) })
            {
                var read = Again<DateTime, DateTimeCodec>(date);
                Assert.Equal((date.Ticks, kind), (read.Ticks, read.Kind));
            }
        }

        foreach (var text in new[] { "0001-01-01T00:00:00+00:00", "0001-01-01T14:00:00+14:00", "9999-12-31T23:59:59+14:00", "9999-12-31T09:59:59-14:00", "2020-02-29T12:00:00+05:45" })
        {
            var date = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
            var read = Again<DateTimeOffset, DateTimeOffsetCodec>(date);
            Assert.Equal((date, date.Offset), (read, read.Offset));
        }
    }

    [Fact]
    public void Text_ComesBackAsItWas() => AssertSame<string, StringCodec>(
        "", "a", new string('x', 21), new string('x', 22), new string('ä', 40), "\u20AC\U0001F600", "\uD800", "lone \uDC00 surrogate", new string('\uD800', 100), new string('漢', 70_000), null!);

    [Fact]
    public void TextOfASlice_LiesInMemoryOfItsOwn()
    {
        var codec = RecordCodec.Of<(Utf8Slice, Utf8Slice), TupleCodec<Utf8Slice, Utf8SliceCodec, Utf8Slice, Utf8SliceCodec>>();
        var bytes = codec.Encode((Utf8Slice.Copy("first"), Utf8Slice.Copy([0xFF, (byte)'x'])));
        var (first, second) = codec.Decode(bytes);
        Array.Clear(bytes);

        Assert.Equal("first", first.ToString());
        Assert.Equal([0xFF, (byte)'x'], second.ToArray());
        Assert.Equal(first.GetHashCode(), Utf8Slice.Copy("first").GetHashCode());
        Assert.True(codec.Decode(codec.Encode(default)).Item1.IsEmpty);
    }

    [Fact]
    public void Collection_ComesBack_AndSoDoesNull()
    {
        AssertSame<int[], ArrayCodec<int, Int32Codec>>([], [1, 2, 3], null!);
        AssertSame<byte[], ArrayCodec<byte, ByteCodec>>([], [1, 255], new byte[100_000]);
        AssertSame<string[], ArrayCodec<string, StringCodec>>(["a", null!, ""]);
        AssertSame<List<(int, string)>, ListCodec<(int, string), TupleCodec<int, Int32Codec, string, StringCodec>>>([], [(1, "a"), (2, "b")], null!);
        AssertSame<List<List<long>>, ListCodec<List<long>, ListCodec<long, Int64Codec>>>([[1], [], [2, 3]]);
        AssertSame<Dictionary<string, int>, DictionaryCodec<string, StringCodec, int, Int32Codec>>([], new() { ["a"] = 1, ["b"] = 2 }, null!);
        AssertSame<HashSet<string>, HashSetCodec<string, StringCodec>>([], ["a", "b"], null!);
        AssertSame<IReadOnlyList<int>, SequenceCodec<IReadOnlyList<int>, int, Int32Codec>>([], [1, 2], new List<int> { 3 }, new ArraySegment<int>([1, 2, 3], 1, 1), null!);
        AssertSame<IEnumerable<int>, SequenceCodec<IEnumerable<int>, int, Int32Codec>>(Enumerable.Range(0, 5).Where(number => number > 1));
        AssertSame<IEnumerable<object>, SequenceCodec<IEnumerable<object>, object, WordCodec>>(new[] { "an array of", "a derived type" });
    }

    [Fact]
    public void ImmutableCollection_ComesBack_AndSoDoesNone()
    {
        AssertSame<ImmutableArray<string>, ImmutableArrayCodec<string, StringCodec>>([], ["a", null!]);
        Assert.True(Again<ImmutableArray<string>, ImmutableArrayCodec<string, StringCodec>>(default).IsDefault);
        AssertSame<ImmutableList<int>, ImmutableListCodec<int, Int32Codec>>([], [1, 2, 3], null!);
        AssertSame<ImmutableHashSet<string>, ImmutableHashSetCodec<string, StringCodec>>([], ["a", "b"], null!);
        AssertSame<ImmutableDictionary<string, int>, ImmutableDictionaryCodec<string, StringCodec, int, Int32Codec>>(
            ImmutableDictionary<string, int>.Empty, ImmutableDictionary<string, int>.Empty.Add("a", 1).Add("b", 2), null!);
    }

    [Fact]
    public void CompositeValue_ComesBack()
    {
        AssertSame<int?, NullableCodec<int, Int32Codec>>(null, 0, 5);
        AssertSame<Option<string>, OptionCodec<string, StringCodec>>(default, new(null!), new("x"));
        AssertSame<KeyValuePair<string, int>, KeyValuePairCodec<string, StringCodec, int, Int32Codec>>(new KeyValuePair<string, int>("a", 1));
        AssertSame<ValueTuple<int>, TupleCodec<int, Int32Codec>>(new ValueTuple<int>(1));
        AssertSame<(int, bool, char), TupleCodec<int, Int32Codec, bool, BooleanCodec, char, CharCodec>>((1, true, 'x'));
        AssertSame<
            (int, int, int, int, int, int, int, int, string),
            TupleCodec<int, Int32Codec, int, Int32Codec, int, Int32Codec, int, Int32Codec, int, Int32Codec, int, Int32Codec, int, Int32Codec,
                (int, string), TupleCodec<int, Int32Codec, string, StringCodec>>>((1, 2, 3, 4, 5, 6, 7, 8, "nine"));
    }

    [Fact]
    public void Numbers_AreLittleEndian_AndCountsAreShort() => Assert.Equal(
        [3, 4, 3, 2, 1, 0xFE, 0xFF, 0xFF, 0xFF],
        RecordCodec.Of<int[], ArrayCodec<int, Int32Codec>>().Encode([0x01020304, -2]));

    [Fact]
    public void Object_OfADerivedClass_IsRefused()
    {
        var codec = RecordCodec.Of<Base, ObjectCodec<Base, BaseCodec>>();

        Assert.Equal(7, codec.Decode(codec.Encode(new Base { Number = 7 })).Number);
        Assert.Null(codec.Decode(codec.Encode(null!)));
        var exception = Assert.Throws<StreamingException>(() => codec.Encode(new Derived()));
        Assert.Contains(nameof(Derived), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Block_IsTheSameBlockAgain()
    {
        var pool = new BlockPool();
        var codec = RecordCodec.Of<(string, int), TupleCodec<string, StringCodec, int, Int32Codec>>();
        var writer = new RecordWriter(pool);
        RecordBlocks.Write(ref writer, codec, new ArrayBlock<(string, int)>([("a", 1), ("b", 2), ("c", 3)], 2, pool: null));
        var block = RecordBlocks.Read(writer.Written, codec, pool);

        Assert.Equal([("a", 1), ("b", 2)], block.Records.ToArray());
        block.Release();
        writer.Dispose();
        Assert.Equal(0, pool.Outstanding);
    }

    [Fact]
    public void BlockOfLines_IsABlockOfSlices()
    {
        var pool = new BlockPool();
        var codec = BuiltInCodecs.Find<Utf8Slice>()!;
        var bytes = "one\n\nthree\n"u8.ToArray().Concat(new byte[Utf8TextBlock.Padding]).ToArray();
        var writer = new RecordWriter(pool);
        RecordBlocks.Write(ref writer, codec, new Utf8TextBlock(bytes, 11, [3, 4, 10], 3, pool: null));
        var block = RecordBlocks.Read(writer.Written, codec, pool);

        Assert.Equal(["one", "", "three"], block.Records.ToArray().Select(line => line.ToString()));
        block.Release();
        writer.Dispose();
        Assert.Equal(0, pool.Outstanding);
    }

    [Fact]
    public void DamagedBlock_GivesItsMemoryBack()
    {
        var pool = new BlockPool();
        var codec = BuiltInCodecs.Find<string>()!;

        Assert.Throws<CorruptRecordException>(() => RecordBlocks.Read([2, 3, (byte)'a', 9], codec, pool));
        Assert.Throws<CorruptRecordException>(() => RecordBlocks.Read([1, 3, (byte)'a', 9], codec, pool));
        Assert.Throws<CorruptRecordException>(() => RecordBlocks.Read([0xFF, 0xFF, 0xFF, 0xFF, 0x07], codec, pool));
        Assert.Equal(0, pool.Outstanding);
    }

    [Fact]
    public void StructureWithoutReferences_NeedsNoCodec()
    {
        var codec = BuiltInCodecs.Find<(int, DateOnly)>()!;

        Assert.Equal((5, DateOnly.MaxValue), codec.Decode(codec.Encode((5, DateOnly.MaxValue))));
        Assert.Equal("raw System.ValueTuple`2[System.Int32,System.DateOnly]", codec.Schema.ToString());
        Assert.Null(BuiltInCodecs.Find<(int, string)>());
        Assert.Null(BuiltInCodecs.Find<List<int>>());
    }

    private static void AssertSame<T, TCodec>(params T[] values)
        where TCodec : struct, ICodec<T>
    {
        foreach (var value in values)
        {
            Assert.Equal(value, Again<T, TCodec>(value));
        }

        var codec = RecordCodec.Of<T[], ArrayCodec<T, TCodec>>();
        Assert.Equal(values, codec.Decode(codec.Encode(values)));
    }

    private static T Again<T, TCodec>(T value)
        where TCodec : struct, ICodec<T>
    {
        var codec = RecordCodec.Of<T, TCodec>();
        var bytes = codec.Encode(value);
        Assert.InRange(bytes.Length, codec.Schema.MinimumSize, int.MaxValue);
        return codec.Decode(bytes);
    }

    private class Base
    {
        public int Number { get; init; }
    }

    private sealed class Derived : Base;

    private readonly struct BaseCodec : ICodec<Base>
    {
        public static RecordSchema Schema { get; } = RecordSchema.Record("Base", ("Number", Int32Codec.Schema));

        public static void Write(ref RecordWriter writer, Base value) => Int32Codec.Write(ref writer, value.Number);

        public static Base Read(ref RecordReader reader) => new() { Number = Int32Codec.Read(ref reader) };
    }

    private readonly struct WordCodec : ICodec<object>
    {
        public static RecordSchema Schema => StringCodec.Schema;

        public static void Write(ref RecordWriter writer, object value) => StringCodec.Write(ref writer, (string)value);

        public static object Read(ref RecordReader reader) => StringCodec.Read(ref reader);
    }
}
