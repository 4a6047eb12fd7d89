using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Tests.Codecs;

public sealed class ObjectFileTests
{
    private static readonly RecordCodec<(string, int)> Pairs = RecordCodec.Of<(string, int), TupleCodec<string, StringCodec, int, Int32Codec>>();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Records_ComeBackInTheirOrder(int count)
    {
        var pool = new BlockPool();
        var records = Enumerable.Range(0, count).Select(index => ($"record {index}", index)).ToArray();

        Assert.Equal(records, Read(Write(Pairs, records), Pairs, pool));
        Assert.Equal(0, pool.Outstanding);
    }

    [Fact]
    public void RecordLargerThanABlock_IsABlock()
    {
        var codec = BuiltInCodecs.Find<string>()!;
        string[] records = ["a", new string('x', 3 * ObjectFile.BlockLength), "b"];

        Assert.Equal(records, Read(Write(codec, records), codec, new BlockPool()));
    }

    [Fact]
    public void NumbersAreWrittenAtOnce_BlockByBlock()
    {
        var codec = BuiltInCodecs.Find<long>()!;
        var numbers = Enumerable.Range(0, 3 * ObjectFile.BlockLength / sizeof(long)).Select(number => (long)number).ToArray();
        using var file = new MemoryStream();
        using var writer = new ObjectFileWriter<long>(file, codec, new BlockPool());
        writer.Write(numbers);
        writer.Complete();

        Assert.Equal(numbers, Read(file.ToArray(), codec, new BlockPool()));
    }

    [Fact]
    public void FileThatIsCutAnywhere_IsRefused()
    {
        var file = Write(Pairs, [("a", 1), ("b", 2)]);
        for (var length = 0; length < file.Length; length++)
        {
            Assert.Throws<CorruptRecordException>(() => Read(file[..length], Pairs, new BlockPool()));
        }

        var exception = Assert.Throws<CorruptRecordException>(() => Read([.. file, 0], Pairs, new BlockPool()));
        Assert.StartsWith("a file: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FileWithAnyOtherByte_IsRefused()
    {
        var file = Write(Pairs, [("a", 1), ("b", 2)]);
        for (var position = 0; position < file.Length; position++)
        {
            foreach (var mask in new byte[] { 1, 0x80, 0xFF })
            {
                var damaged = (byte[])file.Clone();
                damaged[position] ^= mask;
                Assert.Throws<CorruptRecordException>(() => Read(damaged, Pairs, new BlockPool()));
            }
        }
    }

    [Fact]
    public void FilesOfAnOlderType_AreReadAsTheNewOne()
    {
        var file = Write(Pairs, [("a", 1)]);
        var wider = RecordCodec.Of<(string, long?), TupleCodec<string, StringCodec, long?, NullableCodec<long, Int64Codec>>>();
        var other = RecordCodec.Of<(int, int), TupleCodec<int, Int32Codec, int, Int32Codec>>();

        Assert.Equal([("a", 1L)], Read(file, wider, new BlockPool()));
        var exception = Assert.Throws<IncompatibleSchemaException>(() => Read(file, other, new BlockPool()));
        Assert.Equal("a file: The field Item1 was written as string and can't be read as int32.", exception.Message);
        Assert.Equal(("a file", "Item1"), (exception.File, exception.Field));
    }

    [Fact]
    public void SchemaThatIsTooLong_IsNeitherWrittenNorRead()
    {
        var pool = new BlockPool();
        var exception = Assert.Throws<StreamingException>(() => new ObjectFileWriter<int>(new MemoryStream(), RecordCodec.Of<int, LongNamedCodec>(), pool));
        Assert.Contains("The schema of System.Int32 has", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, pool.Outstanding);

        byte[] file = [.. ObjectFile.Magic, 1, 0, 0, 0, 0, 0, 0, 1, .. new byte[20_000_000]];
        var refusal = Assert.Throws<CorruptRecordException>(() => Read(file, Pairs, pool));
        Assert.Contains("A schema of 16777216 bytes is longer than any", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LongSchema_IsShortenedInMessages()
    {
        var written = RecordSchema.Record(new string('x', 10_000), ("A", Int32Codec.Schema));
        Assert.InRange(Assert.Throws<IncompatibleSchemaException>(() => SchemaUpgrade.Plan(written, Int32Codec.Schema)).Message.Length, 300, 500);
    }

    [Fact]
    public void ConstructorThatRefusesARecord_IsNamed()
    {
        var file = Write(BuiltInCodecs.Find<int>()!, [-1]);
        var exception = Assert.Throws<CorruptRecordException>(() => Read(file, RecordCodec.Of<int, PositiveCodec>(), new BlockPool()));

        Assert.Contains("ArgumentOutOfRangeException", exception.Message, StringComparison.Ordinal);
        Assert.IsType<ArgumentOutOfRangeException>(exception.InnerException);
    }

    internal static byte[] Write<T>(RecordCodec<T> codec, IEnumerable<T> records)
    {
        var pool = new BlockPool();
        using var file = new MemoryStream();
        using (var writer = new ObjectFileWriter<T>(file, codec, pool))
        {
            foreach (var some in records.Chunk(1000))
            {
                writer.Write(some);
            }

            writer.Complete();
        }

        Assert.Equal(0, pool.Outstanding);
        return file.ToArray();
    }

    internal static List<T> Read<T>(byte[] file, RecordCodec<T> codec, BlockPool pool)
    {
        var records = new List<T>();
        using var reader = new ObjectFileReader<T>(new MemoryStream(file), "a file", codec, pool);
        while (reader.Read() is { } block)
        {
            records.AddRange(block.Records);
            block.Release();
        }

        return records;
    }

    private readonly struct LongNamedCodec : ICodec<int>
    {
        public static RecordSchema Schema { get; } = RecordSchema.Record(new string('x', ObjectFile.MaximumSchemaLength), ("A", Int32Codec.Schema));

        public static void Write(ref RecordWriter writer, int value) => Int32Codec.Write(ref writer, value);

        public static int Read(ref RecordReader reader) => Int32Codec.Read(ref reader);
    }

    private readonly struct PositiveCodec : ICodec<int>
    {
        public static RecordSchema Schema => Int32Codec.Schema;

        public static void Write(ref RecordWriter writer, int value) => Int32Codec.Write(ref writer, value);

        public static int Read(ref RecordReader reader)
        {
            var value = Int32Codec.Read(ref reader);
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            return value;
        }
    }
}
