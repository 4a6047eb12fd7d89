using CodegenStreaming.CheckpointTool.Reading;
using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CheckpointTool.Tests;

public sealed class ValueTextTests
{
    private const int Limit = 200;

    private static readonly RecordSchema Number = RecordSchema.Of(SchemaKind.Int32);

    /// <summary>A schema with all kinds in it, and a value.</summary>
    private static readonly RecordSchema All = RecordSchema.Record(
        "All",
        ("Flag", BooleanCodec.Schema),
        ("Text", StringCodec.Schema),
        ("Slice", Utf8SliceCodec.Schema),
        ("Price", DecimalCodec.Schema),
        ("Id", GuidCodec.Schema),
        ("At", DateTimeCodec.Schema),
        ("Zoned", DateTimeOffsetCodec.Schema),
        ("Day", DateOnlyCodec.Schema),
        ("Hour", TimeOnlyCodec.Schema),
        ("Kind", RecordSchema.Enum("Kind", SchemaKind.UInt16, ("Book", 1), ("Toy", 2))),
        ("List", RecordSchema.List(RecordSchema.Record("tuple", ("Item1", Number), ("Item2", RecordSchema.Optional(StringCodec.Schema))))),
        ("Map", RecordSchema.Dictionary(StringCodec.Schema, RecordSchema.Of(SchemaKind.Double))),
        ("Raw", RecordSchema.Raw("Point", 3)),
        ("None", RecordSchema.Record("None")));

    [Fact]
    public void Values_OfEveryKind() => Assert.Equal(
        "{ Flag: true, Text: \"a \\\"b\\\"\\n\", Slice: \"é\", Price: 12.50, Id: 00000000-0000-0000-0000-000000000000, At: 2026-01-02T03:04:05.0000000Z, "
        + "Zoned: 2026-01-02T03:04:05.0000000+01:00, Day: 2026-01-02, Hour: 03:04:05.0000000, Kind: Toy, List: [(1, null), (2, \"x\")], Map: {\"k\": 0.5}, Raw: 0x0102FF, None: { } }",
        Text(All, Written(), 1000));

    [Theory]
    [InlineData(SchemaKind.Char, "4100", "\"A\"")]
    [InlineData(SchemaKind.SByte, "FF", "-1")]
    [InlineData(SchemaKind.Byte, "FF", "255")]
    [InlineData(SchemaKind.Int16, "FEFF", "-2")]
    [InlineData(SchemaKind.UInt16, "FEFF", "65534")]
    [InlineData(SchemaKind.Int32, "FEFFFFFF", "-2")]
    [InlineData(SchemaKind.UInt32, "FEFFFFFF", "4294967294")]
    [InlineData(SchemaKind.Int64, "FEFFFFFFFFFFFFFF", "-2")]
    [InlineData(SchemaKind.UInt64, "FFFFFFFFFFFFFFFF", "18446744073709551615")]
    [InlineData(SchemaKind.Int128, "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", "-1")]
    [InlineData(SchemaKind.UInt128, "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", "340282366920938463463374607431768211455")]
    [InlineData(SchemaKind.Half, "003C", "1")]
    [InlineData(SchemaKind.Single, "0000003F", "0.5")]
    [InlineData(SchemaKind.Double, "000000000000F03F", "1")]
    [InlineData(SchemaKind.TimeSpan, "8096980000000000", "00:00:01")]
    [InlineData(SchemaKind.String, "00", "null")]
    public void Values_OfSimpleKinds(SchemaKind kind, string bytes, string expected) => Assert.Equal(expected, Text(RecordSchema.Of(kind), Convert.FromHexString(bytes), Limit));

    [Fact]
    public void EveryKind_HasAText()
    {
        foreach (var kind in Enum.GetValues<SchemaKind>().Where(RecordSchema.IsSimple))
        {
            Assert.NotEmpty(Text(RecordSchema.Of(kind), new byte[Math.Max(1, RecordSchema.Of(kind).MinimumSize)], Limit));
        }
    }

    [Fact]
    public void Text_SteersNoTerminal_AndIsCut()
    {
        Assert.Equal("\"\\u001B[31m\\u202Ex\\uD800\"", Text(StringCodec.Schema, RecordCodec.Of<string, StringCodec>().Encode("\u001b[31m\u202Ex\uD800"), Limit));
        var list = RecordSchema.List(StringCodec.Schema);
        var bytes = RecordCodec.Of<string[], ArrayCodec<string, StringCodec>>().Encode([.. Enumerable.Repeat("😀😀😀", 1000)]);
        var text = Text(list, bytes, 100);
        Assert.InRange(text.Length, 99, 101);
        Assert.EndsWith("…", text, StringComparison.Ordinal);
        Assert.False(char.IsHighSurrogate(text[^2]));
    }

    [Fact]
    public void UnknownMember_IsItsNumber()
    {
        var schema = RecordSchema.Enum("Kind", SchemaKind.UInt64, ("Book", 1));
        Assert.Equal("Book", Text(schema, [1, 0, 0, 0, 0, 0, 0, 0], Limit));
        Assert.Equal("18446744073709551615", Text(schema, [.. Enumerable.Repeat((byte)255, 8)], Limit));
    }

    [Fact]
    public void MutatedSchemasAndValues_GiveATextOrTheExceptionOfDamage_InBoundedMemory()
    {
        var pool = new BlockPool();
        var original = WithSchema(pool);
        var (texts, refusals) = (0, 0);
        Randomly.Test(100_000, random =>
        {
            var bytes = Mutate(original, random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                var reader = new RecordReader(bytes);
                var schema = SchemaFormat.Read(ref reader);
                Assert.InRange(new ValueText(Limit).Read(ref reader, schema).Length, 0, Limit + 1);
                texts++;
            }
            catch (CorruptRecordException)
            {
                refusals++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 * 1024);
        });
        Assert.True(texts > 1000 && refusals > 1000, $"{texts} texts, {refusals} refusals");
    }

    internal static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.ToArray();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var position = random.Next(bytes.Length);
            switch (random.Next(4))
            {
                case 0:
                    bytes[position] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[position] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes = [.. bytes[..position], .. bytes[Math.Min(bytes.Length, position + random.Next(4))..], 0];
                    break;
                default:
                    bytes.AsSpan(position, Math.Min(4, bytes.Length - position)).Fill(0xFF);
                    break;
            }
        }

        return random.Next(8) == 0 ? bytes[..random.Next(1, bytes.Length)] : bytes;
    }

    private static string Text(RecordSchema schema, ReadOnlySpan<byte> bytes, int limit)
    {
        var reader = new RecordReader(bytes);
        var text = new ValueText(limit).Read(ref reader, schema);
        Assert.Equal(0, reader.Remaining);
        return text;
    }

    private static byte[] WithSchema(BlockPool pool)
    {
        var writer = new RecordWriter(pool);
        SchemaFormat.Write(ref writer, All);
        writer.WriteBytes(Written());
        return writer.Written.ToArray();
    }

    private static byte[] Written()
    {
        var writer = new RecordWriter(new BlockPool());
        writer.WritePresence(true);
        writer.WriteString("a \"b\"\n");
        writer.WriteText("é"u8);
        DecimalCodec.Write(ref writer, 12.50m);
        GuidCodec.Write(ref writer, Guid.Empty);
        DateTimeCodec.Write(ref writer, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        DateTimeOffsetCodec.Write(ref writer, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)));
        DateOnlyCodec.Write(ref writer, new DateOnly(2026, 1, 2));
        TimeOnlyCodec.Write(ref writer, new TimeOnly(3, 4, 5));
        writer.WriteInt16(2);
        writer.WriteListLength(2);
        writer.WriteInt32(1);
        writer.WritePresence(false);
        writer.WriteInt32(2);
        writer.WritePresence(true);
        writer.WriteString("x");
        writer.WriteListLength(1);
        writer.WriteString("k");
        DoubleCodec.Write(ref writer, 0.5);
        writer.WriteBytes([1, 2, 255]);
        writer.WriteByte(0);
        return writer.Written.ToArray();
    }
}
