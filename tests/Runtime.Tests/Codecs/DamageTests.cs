using System.Collections.Immutable;
using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Tests.Codecs;

/// <summary>Any bytes give a value or a clear exception, and never ask for more memory than the bytes account for.</summary>
public sealed class DamageTests
{
    /// <summary>What a value in memory may be larger than its bytes: an empty collection with its header, of one byte.</summary>
    private const int Growth = 400;

    private const int Overhead = 8192;

    [Fact]
    public void MutatedRecords_GiveAValueOrAClearException()
    {
        Fuzz<int, Int32Codec>(5_000, random => random.Next());
        Fuzz<string, StringCodec>(20_000, random => Randomly.Text(random, 40, "aä漢\uD800"));
        Fuzz<Utf8Slice, Utf8SliceCodec>(10_000, random => Utf8Slice.Copy(Randomly.Text(random, 40, "aä漢")));
        Fuzz<(decimal, DateTime, DateTimeOffset, DateOnly, TimeOnly, Guid?, bool),
            TupleCodec<decimal, DecimalCodec, DateTime, DateTimeCodec, DateTimeOffset, DateTimeOffsetCodec, DateOnly, DateOnlyCodec, TimeOnly, TimeOnlyCodec,
                Guid?, NullableCodec<Guid, GuidCodec>, bool, BooleanCodec>>(
            20_000, random => (random.Next() / 100m, new DateTime(random.NextInt64(DateTime.MaxValue.Ticks)), DateTimeOffset.UnixEpoch, DateOnly.MaxValue, TimeOnly.MaxValue, Guid.Empty, true));
        Fuzz<List<(string, int?)[]>, ListCodec<(string, int?)[], ArrayCodec<(string, int?), TupleCodec<string, StringCodec, int?, NullableCodec<int, Int32Codec>>>>>(
            25_000, random => [.. Enumerable.Range(0, random.Next(5)).Select(_ => new (string, int?)[] { ("a", null), (null!, 2), (new string('x', random.Next(30)), 3) })]);
        Fuzz<Dictionary<string, HashSet<Utf8Slice>>, DictionaryCodec<string, StringCodec, HashSet<Utf8Slice>, HashSetCodec<Utf8Slice, Utf8SliceCodec>>>(
            25_000, random => new() { ["a"] = [Utf8Slice.Copy("x"), Utf8Slice.Copy(Randomly.Text(random, 9, "xyz"))], ["b"] = null! });
        Fuzz<IReadOnlyList<Option<long[]>>, SequenceCodec<IReadOnlyList<Option<long[]>>, Option<long[]>, OptionCodec<long[], ArrayCodec<long, Int64Codec>>>>(
            20_000, random => [default, new([1, 2, 3]), new(new long[random.Next(20)])]);
    }

    [Fact]
    public void MutatedImmutableCollections_GiveAValueOrAClearException()
    {
        Fuzz<ImmutableArray<string>, ImmutableArrayCodec<string, StringCodec>>(100_000, random => [.. new string[random.Next(9)].Select(_ => Randomly.Text(random, 9, "aä"))]);
        Fuzz<ImmutableList<int?>, ImmutableListCodec<int?, NullableCodec<int, Int32Codec>>>(100_000, random => [.. new int?[random.Next(9)], random.Next()]);
        Fuzz<ImmutableHashSet<string>, ImmutableHashSetCodec<string, StringCodec>>(100_000, random => ["a", Randomly.Text(random, 9, "xyz"), "c"]);
        Fuzz<ImmutableDictionary<string, ImmutableList<bool>>,
            ImmutableDictionaryCodec<string, StringCodec, ImmutableList<bool>, ImmutableListCodec<bool, BooleanCodec>>>(
            100_000, random => ImmutableDictionary<string, ImmutableList<bool>>.Empty.Add("a", [true, false]).Add(Randomly.Text(random, 9, "xyz"), null!));
    }

    [Fact]
    public void MutatedSchema_IsReadOrRefused()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        Randomly.Again(seed, random =>
        {
            for (var round = 0; round < 20_000; round++)
            {
                var writer = new RecordWriter(new BlockPool());
                SchemaFormat.Write(ref writer, RandomSchema.Next(random, 4));
                var bytes = Mutation.Of(writer.Written, random);
                writer.Dispose();
                try
                {
                    var reader = new RecordReader(bytes);
                    Assert.NotEmpty(SchemaFormat.Read(ref reader).ToString());
                }
                catch (CorruptRecordException)
                {
                }
            }
        });
    }

    [Fact]
    public void SchemaThatNestsWithoutEnd_IsRefused()
    {
        var reader = new RecordReader(Enumerable.Repeat((byte)SchemaKind.Optional, 1_000_000).ToArray());
        try
        {
            SchemaFormat.Read(ref reader);
            Assert.Fail("It was read.");
        }
        catch (CorruptRecordException exception)
        {
            Assert.Contains("nests deeper", exception.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Old records, mutated, become new records or are refused; what comes of them is a whole value of the new schema.</summary>
    [Fact]
    public void MutatedOldRecords_BecomeWholeNewOnes()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        Randomly.Again(seed, random =>
        {
            for (var round = 0; round < 20_000; round++)
            {
                var schema = RandomSchema.Next(random, 3);
                var wanted = RandomSchema.Extend(schema, random);
                var writer = new RecordWriter(new BlockPool());
                RandomSchema.Write(ref writer, schema, random);
                var reader = new RecordReader(Mutation.Of(writer.Written, random));
                writer.Truncate(0);
                try
                {
                    SchemaUpgrade.Plan(schema, wanted).Convert(ref reader, ref writer);
                    var result = new RecordReader(writer.Written);
                    SkipUpgrade.Skip(ref result, wanted);
                    Assert.Equal(0, result.Remaining);
                }
                catch (CorruptRecordException)
                {
                }

                writer.Dispose();
            }
        });
    }

    [Fact]
    public void MutatedFiles_GiveRecordsOrAClearException()
    {
        var codec = RecordCodec.Of<(string, int[]), TupleCodec<string, StringCodec, int[], ArrayCodec<int, Int32Codec>>>();
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        Randomly.Again(seed, random =>
        {
            for (var round = 0; round < 20_000; round++)
            {
                var pool = new BlockPool();
                var file = ObjectFileTests.Write(codec, Enumerable.Range(0, random.Next(10)).Select(index => (new string('x', index), new int[random.Next(5)])));
                file = random.Next(2) == 0 ? Mutation.Of(file, random) : MutateUnderTheChecksum(file, random);
                try
                {
                    ObjectFileTests.Read(file, codec, pool);
                }
                catch (CorruptRecordException exception)
                {
                    Assert.Equal("a file", exception.File);
                    Assert.InRange(exception.Offset, 0, file.Length);
                }
                catch (IncompatibleSchemaException exception)
                {
                    Assert.Equal("a file", exception.File);
                }

                Assert.Equal(0, pool.Outstanding);
            }
        });
    }

    /// <summary>Changes a byte of the header or of the first block, and makes the part's checksum fit again.</summary>
    private static byte[] MutateUnderTheChecksum(byte[] file, Random random)
    {
        var start = ObjectFile.Magic.Length;
        var length = ObjectFile.HeaderLength + BitConverter.ToInt32(file, start + sizeof(int));
        if (random.Next(2) == 0)
        {
            start += length + ObjectFile.ChecksumLength;
            length = ObjectFile.BlockHeaderLength + Math.Max(BitConverter.ToInt32(file, start), ObjectFile.TotalLength);
        }

        file[start + random.Next(length)] = (byte)random.Next(256);
        BitConverter.TryWriteBytes(file.AsSpan(start + length), ObjectFile.Checksum(file.AsSpan(start, length)));
        return file;
    }

    private static void Fuzz<T, TCodec>(int rounds, Func<Random, T> next)
        where TCodec : struct, ICodec<T>
    {
        var codec = RecordCodec.Of<T, TCodec>();
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"{typeof(T)}: seed {seed}");
        Randomly.Again(seed, random =>
        {
            for (var round = 0; round < rounds; round++)
            {
                var bytes = Mutation.Of(codec.Encode(next(random)), random);
                var before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    codec.Decode(bytes);
                }
                catch (CorruptRecordException exception)
                {
                    Assert.InRange(exception.Offset, 0, bytes.Length);
                }

                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Overhead + (Growth * bytes.Length));
            }
        });
    }
}
