using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Tests.Codecs;

public sealed class SchemaUpgradeTests
{
    private static readonly RecordSchema Int = Int32Codec.Schema;
    private static readonly RecordSchema Text = StringCodec.Schema;

    private delegate void WriteTo(ref RecordWriter writer);

    [Fact]
    public void AddedField_GetsItsDefault_ARemovedOneIsLeftOut() => AssertBecomes(
        RecordSchema.Record("Old", ("A", Int), ("Gone", RecordSchema.List(Text)), ("B", Text)),
        (ref writer) =>
        {
            writer.WriteInt32(5);
            writer.WriteListLength(2);
            writer.WriteString("x");
            writer.WriteString(null);
            writer.WriteString("b");
        },
        RecordSchema.Record("New", ("First", Int64Codec.Schema), ("A", Int), ("N", Text), ("B", Text), ("Last", RecordSchema.Record("R", ("X", RecordSchema.Optional(Int)), ("Y", Int)))),
        (ref writer) =>
        {
            writer.WriteInt64(0);
            writer.WriteInt32(5);
            writer.WriteString(null);
            writer.WriteString("b");
            writer.WritePresence(false);
            writer.WriteInt32(0);
        });

    [Fact]
    public void Fields_MayStandInAnotherOrder() => AssertBecomes(
        RecordSchema.Record("Old", ("A", Int), ("Gone", Int), ("B", Text), ("C", Int)),
        (ref writer) =>
        {
            writer.WriteInt32(1);
            writer.WriteInt32(2);
            writer.WriteString("three");
            writer.WriteInt32(4);
        },
        RecordSchema.Record("New", ("C", Int), ("Added", Int), ("A", Int), ("B", Text)),
        (ref writer) =>
        {
            writer.WriteInt32(4);
            writer.WriteInt32(0);
            writer.WriteInt32(1);
            writer.WriteString("three");
        });

    [Fact]
    public void RecordWithoutFields_HasAByteInTheirStead()
    {
        AssertBecomes(RecordSchema.Record("Old"), (ref writer) => writer.WriteByte(0), RecordSchema.Record("New", ("A", Int)), (ref writer) => writer.WriteInt32(0));
        AssertBecomes(RecordSchema.Record("Old", ("A", Int)), (ref writer) => writer.WriteInt32(1), RecordSchema.Record("New"), (ref writer) => writer.WriteByte(0));
    }

    [Fact]
    public void Value_MayBecomeOneThatCanBeMissing()
    {
        AssertBecomes(
            RecordSchema.List(Int),
            (ref writer) =>
            {
                writer.WriteListLength(1);
                writer.WriteInt32(7);
            },
            RecordSchema.Optional(RecordSchema.List(RecordSchema.Optional(Int64Codec.Schema))),
            (ref writer) =>
            {
                writer.WritePresence(true);
                writer.WriteListLength(1);
                writer.WritePresence(true);
                writer.WriteInt64(7);
            });
    }

    [Fact]
    public void EnumMember_MayBeAdded_AndItsNumberWiden() => AssertBecomes(
        RecordSchema.Enum("E", SchemaKind.Byte, ("A", 1)),
        (ref writer) => writer.WriteByte(1),
        RecordSchema.Enum("F", SchemaKind.Int32, ("B", 2), ("A", 1)),
        (ref writer) => writer.WriteInt32(1));

    [Theory]
    [InlineData(SchemaKind.Byte, SchemaKind.Int16, true)]
    [InlineData(SchemaKind.UInt32, SchemaKind.Int64, true)]
    [InlineData(SchemaKind.UInt32, SchemaKind.UInt64, true)]
    [InlineData(SchemaKind.Int32, SchemaKind.Double, true)]
    [InlineData(SchemaKind.Int16, SchemaKind.Single, true)]
    [InlineData(SchemaKind.UInt64, SchemaKind.Decimal, true)]
    [InlineData(SchemaKind.UInt64, SchemaKind.UInt128, true)]
    [InlineData(SchemaKind.Int64, SchemaKind.Int128, true)]
    [InlineData(SchemaKind.Half, SchemaKind.Double, true)]
    [InlineData(SchemaKind.Int32, SchemaKind.UInt64, false)]
    [InlineData(SchemaKind.UInt32, SchemaKind.Int32, false)]
    [InlineData(SchemaKind.Int64, SchemaKind.Double, false)]
    [InlineData(SchemaKind.Int32, SchemaKind.Single, false)]
    [InlineData(SchemaKind.Double, SchemaKind.Decimal, false)]
    [InlineData(SchemaKind.Int32, SchemaKind.Boolean, false)]
    [InlineData(SchemaKind.Int32, SchemaKind.String, false)]
    [InlineData(SchemaKind.UInt128, SchemaKind.Double, false)]
    public void Number_WidensWhereNothingIsLost(SchemaKind written, SchemaKind wanted, bool isPossible)
    {
        if (isPossible)
        {
            Assert.NotNull(SchemaUpgrade.Plan(RecordSchema.Of(written), RecordSchema.Of(wanted)));
        }
        else
        {
            Assert.Throws<IncompatibleSchemaException>(() => SchemaUpgrade.Plan(RecordSchema.Of(written), RecordSchema.Of(wanted)));
        }
    }

    [Fact]
    public void Number_KeepsItsValue()
    {
        AssertWidens<sbyte, SByteCodec, short, Int16Codec>(sbyte.MinValue, sbyte.MinValue);
        AssertWidens<byte, ByteCodec, ushort, UInt16Codec>(byte.MaxValue, byte.MaxValue);
        AssertWidens<ushort, UInt16Codec, int, Int32Codec>(ushort.MaxValue, ushort.MaxValue);
        AssertWidens<ushort, UInt16Codec, uint, UInt32Codec>(ushort.MaxValue, ushort.MaxValue);
        AssertWidens<int, Int32Codec, long, Int64Codec>(int.MinValue, int.MinValue);
        AssertWidens<uint, UInt32Codec, ulong, UInt64Codec>(uint.MaxValue, uint.MaxValue);
        AssertWidens<ulong, UInt64Codec, UInt128, UInt128Codec>(ulong.MaxValue, ulong.MaxValue);
        AssertWidens<long, Int64Codec, Int128, Int128Codec>(long.MinValue, long.MinValue);
        AssertWidens<long, Int64Codec, decimal, DecimalCodec>(long.MinValue, long.MinValue);
        AssertWidens<int, Int32Codec, double, DoubleCodec>(int.MinValue, int.MinValue);
        AssertWidens<short, Int16Codec, float, SingleCodec>(short.MinValue, short.MinValue);
        AssertWidens<Half, HalfCodec, float, SingleCodec>((Half)1.5, 1.5f);
        AssertWidens<float, SingleCodec, double, DoubleCodec>(0.1f, 0.1f);
    }

    [Theory]
    [InlineData("Lines[].Price", "was written as int32 and can't be read as string")]
    [InlineData("Names[key]", "was written as string and can't be read as int64")]
    [InlineData("Names[]", "may be missing where it was written, and is int32, which is always there")]
    [InlineData("Level", "was written with the member Low = 1 of E, which E does not have")]
    [InlineData("Memory", "was written as raw A and can't be read as raw B")]
    [InlineData("", "was written as Order { Lines: list of Line { Price: int32 } } and can't be read as int32")]
    public void Refusal_NamesTheField(string field, string problem)
    {
        var (written, wanted) = field switch
        {
            "Lines[].Price" => (RecordSchema.List(RecordSchema.Record("Line", ("Price", Int))), RecordSchema.List(RecordSchema.Record("Line", ("Price", Text)))),
            "Names[key]" => (RecordSchema.Dictionary(Text, Int), RecordSchema.Dictionary(Int64Codec.Schema, Int)),
            "Names[]" => (RecordSchema.Dictionary(Text, RecordSchema.Optional(Int)), RecordSchema.Dictionary(Text, Int)),
            "Level" => (RecordSchema.Enum("E", SchemaKind.Int32, ("Low", 1)), RecordSchema.Enum("E", SchemaKind.Int32, ("Low", 2))),
            "Memory" => (RecordSchema.Raw("A", 8), RecordSchema.Raw("B", 8)),
            _ => (RecordSchema.List(RecordSchema.Record("Line", ("Price", Int))), Int),
        };
        var name = field.Split('[', '.')[0];
        var exception = name.Length == 0
            ? Assert.Throws<IncompatibleSchemaException>(() => SchemaUpgrade.Plan(RecordSchema.Record("Order", ("Lines", written)), wanted))
            : Assert.Throws<IncompatibleSchemaException>(() => SchemaUpgrade.Plan(RecordSchema.Record("Order", ("Id", Int), (name, written)), RecordSchema.Record("Order", (name, wanted))));

        Assert.Equal(field, exception.Field);
        Assert.Equal($"{(field.Length == 0 ? "The record" : "The field " + field)} {problem}.", exception.Message);
    }

    [Fact]
    public void FieldsAddedAndRemovedAgain_LeaveTheBytesAsTheyWere() => Randomly.Test(2000, random =>
    {
        var schema = RandomSchema.Next(random, 4);
        var extended = RandomSchema.Extend(schema, random);
        var pool = new BlockPool();
        var writer = new RecordWriter(pool);
        RandomSchema.Write(ref writer, schema, random);
        var bytes = writer.Written.ToArray();
        writer.Dispose();

        var there = Convert(bytes, schema, extended);
        Assert.Equal(bytes, Convert(there, extended, schema));
    });

    [Fact]
    public void Schema_IsTheSameAgain_WhenItIsStored() => Randomly.Test(500, random =>
    {
        var schema = RandomSchema.Next(random, 5);
        var writer = new RecordWriter(new BlockPool());
        SchemaFormat.Write(ref writer, schema);
        var reader = new RecordReader(writer.Written);
        var read = SchemaFormat.Read(ref reader);

        Assert.Equal(schema, read);
        Assert.Equal(schema.GetHashCode(), read.GetHashCode());
        Assert.Equal(schema.ToString(), read.ToString());
        Assert.Equal(schema.MinimumSize, read.MinimumSize);
        Assert.Equal(0, reader.Remaining);
        writer.Dispose();
    });

    [Fact]
    public void Schema_IsEqual_WhereItsBytesMeanTheSame()
    {
        Assert.Equal(RecordSchema.Record("A", ("X", Int)), RecordSchema.Record("B", ("X", Int)));
        Assert.NotEqual(RecordSchema.Record("A", ("X", Int)), RecordSchema.Record("A", ("Y", Int)));
        Assert.NotEqual(RecordSchema.Enum("A", SchemaKind.Int32, ("X", 1)), RecordSchema.Enum("A", SchemaKind.Int32, ("X", 2)));
        Assert.NotEqual(RecordSchema.Raw("A", 4), RecordSchema.Raw("B", 4));
        Assert.Throws<ArgumentException>(() => RecordSchema.Record("A", ("X", Int), ("X", Int)));
        Assert.Throws<ArgumentException>(() => RecordSchema.Of(SchemaKind.List));
        Assert.Throws<ArgumentException>(() => RecordSchema.Enum("A", SchemaKind.String));
    }

    private static void AssertWidens<TOld, TOldCodec, TNew, TNewCodec>(TOld old, TNew now)
        where TOldCodec : struct, ICodec<TOld>
        where TNewCodec : struct, ICodec<TNew>
    {
        var bytes = RecordCodec.Of<TOld, TOldCodec>().Encode(old);
        var block = new RecordDecoder<TNew>(RecordCodec.Of<TNew, TNewCodec>(), TOldCodec.Schema).Read(bytes, 1, new BlockPool());
        Assert.Equal(now, block.Records[0]);
    }

    private static void AssertBecomes(RecordSchema written, WriteTo writeOld, RecordSchema wanted, WriteTo writeNew) =>
        Assert.Equal(Bytes(writeNew), Convert(Bytes(writeOld), written, wanted));

    private static byte[] Bytes(WriteTo write)
    {
        var writer = new RecordWriter(new BlockPool());
        write(ref writer);
        return writer.Written.ToArray();
    }

    private static byte[] Convert(byte[] bytes, RecordSchema written, RecordSchema wanted)
    {
        var reader = new RecordReader(bytes);
        var writer = new RecordWriter(new BlockPool());
        SchemaUpgrade.Plan(written, wanted).Convert(ref reader, ref writer);
        Assert.Equal(0, reader.Remaining);
        return writer.Written.ToArray();
    }
}
