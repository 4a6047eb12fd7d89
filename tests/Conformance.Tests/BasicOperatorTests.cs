namespace CodegenStreaming.Conformance;

/// <summary>Rules that all operators share, by the numbers of the reference's statements.</summary>
public sealed class BasicOperatorTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Statement63_AParentWithoutADataSet_FailsItsReaders()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        var none = numbers.Stream.Transform(rdd => rdd.Count() == 1 ? null! : rdd);
        var readers = new[]
        {
            test.Capture(numbers.Stream.Union(none)),
            test.Capture(none.Transform(rdd => rdd)),
            test.Capture(numbers.Stream.TransformWith(none, (left, right, _) => left.Union(right))),
            test.Capture(test.Streaming.Transform([numbers.Stream, none], (rdds, _) => rdds[0].Union(rdds[1]))),
            test.Capture(test.Streaming.Union(numbers.Stream, none)),
        };
        var own = test.Capture(numbers.Stream);
        numbers.Add(1);
        var first = await test.ExpectFailureAsync();
        Assert.Equal(readers.Length, test.Failures.Count);
        Assert.All(test.Failures, failure => Assert.Contains("Return an empty data set", failure.Exception.ToString(), StringComparison.Ordinal));
        Assert.Equal(test.BatchTimeOf(1), first.BatchTime);
        own.Expect(1);
        numbers.Add(2, 3);
        await test.AdvanceAsync();
        Assert.All(readers, reader => reader.Expect(reader == readers[1] ? [2, 3] : [2, 3, 2, 3]));
    }

    [Fact]
    public async Task Statement63_AStreamWithoutRecords_HasADataSetAllTheSame()
    {
        await using var test = new StreamingTest();
        var (full, empty) = (test.AddSource<int>("full"), test.AddSource<int>("empty"));
        var queue = test.Streaming.QueueStream(new Queue<int[]>());
        var union = test.Capture(full.Stream.Union(empty.Stream).Union(queue));
        var with = test.Capture(full.Stream.TransformWith(empty.Stream.Filter(number => number > 0), (left, right, _) => left.Union(right)));
        var many = test.Capture(test.Streaming.Transform([full.Stream, empty.Stream, queue], (rdds, _) => rdds[0].Union(rdds[1]).Union(rdds[2])));
        full.Add(1);
        await test.AdvanceAsync();
        union.Expect(1);
        with.Expect(1);
        many.Expect(1);
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(5, 2)]
    public async Task Statement64_Repartition_GivesExactlyThatManyPartitions_WithTheSameRecords(int given, int wanted)
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        var (before, after) = (0, 0);
        numbers.Stream.ForeachRdd(rdd => before = rdd.PartitionCount);
        var repartitioned = numbers.Stream.Repartition(wanted);
        repartitioned.ForeachRdd(rdd => after = rdd.PartitionCount);
        var records = test.Capture(repartitioned);
        var partitions = test.Capture(repartitioned.Glom());
        for (var batch = 0; batch < 3; batch++)
        {
            for (var partition = 0; partition < given; partition++)
            {
                numbers.Add(Enumerable.Range(100 * partition, 20 * batch * (partition % 2)).Append(batch));
            }

            await test.AdvanceAsync();
            Assert.Equal((given, wanted), (before, after));
            Assert.Equal(wanted, partitions.Latest.Records.Count);
            records.Expect(Enumerable.Range(0, given).SelectMany(partition => Enumerable.Range(100 * partition, 20 * batch * (partition % 2)).Append(batch)));
        }

        await test.AdvanceAsync();
        Assert.Equal((0, wanted), (before, after));
        records.ExpectNothing();
    }

    [Fact]
    public async Task Statement69_AnEmptyBatch_ReducesToNothing_AndCountsToOneZero()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        var sums = test.Capture(numbers.Stream.Reduce((left, right) => left + right));
        var counts = test.Capture(numbers.Stream.Count());
        await test.AdvanceAsync();
        sums.ExpectNothing();
        counts.Expect(0L);
        numbers.Add(); // A partition, but an empty one.
        await test.AdvanceAsync();
        sums.ExpectNothing();
        counts.Expect(0L);
        numbers.Add(4, 5);
        numbers.Add();
        await test.AdvanceAsync();
        sums.Expect(9);
        counts.Expect(2L);
    }

    [Fact]
    public async Task Statement70_StreamsOfDifferentContexts_AreNotBroughtTogether()
    {
        await using var test = new StreamingTest();
        await using var other = new StreamingTest();
        var (own, foreign) = (test.AddSource<int>().Stream, other.AddSource<int>().Stream);
        Assert.Throws<ArgumentException>(() => own.Union(foreign));
        Assert.Throws<ArgumentException>(() => own.TransformWith(foreign, (left, right, _) => left.Union(right)));
        Assert.Throws<ArgumentException>(() => own.KeyBy(number => number).Join(foreign.KeyBy(number => number)));
        Assert.Throws<ArgumentException>(() => own.KeyBy(number => number).Cogroup(foreign.KeyBy(number => number)));
        Assert.Throws<ArgumentException>(() => test.Streaming.Transform([own, foreign], (rdds, _) => rdds[0]));
        Assert.Throws<ArgumentException>(() => test.Streaming.Union(own, foreign));
    }

    /// <summary>The functions' bodies are checked by the generator; see OperatorTests of the architecture for its entry points.</summary>
    [Fact]
    public async Task Statement72_AFunctionThatIsMissing_IsRefusedWhenTheOperatorIsCalled()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>().Stream;
        var pairs = numbers.KeyBy(number => number);
        Action[] calls =
        [
            () => numbers.Map((Func<int, int>)null!),
            () => numbers.FlatMap((Func<int, IEnumerable<int>>)null!),
            () => numbers.Filter(null!),
            () => numbers.KeyBy((Func<int, int>)null!),
            () => numbers.MapPartitions((Func<IEnumerable<int>, IEnumerable<int>>)null!),
            () => numbers.Reduce(null!),
            () => numbers.ForeachRdd((Action<Rdd<int>>)null!),
            () => numbers.ForeachRdd((Action<Rdd<int>, BatchTime>)null!),
            () => numbers.Transform((Func<Rdd<int>, Rdd<int>>)null!),
            () => numbers.Transform((Func<Rdd<int>, BatchTime, Rdd<int>>)null!),
            () => numbers.TransformWith(numbers, (Func<Rdd<int>, Rdd<int>, BatchTime, Rdd<int>>)null!),
            () => test.Streaming.Transform([numbers], (Func<IReadOnlyList<Rdd<int>>, BatchTime, Rdd<int>>)null!),
            () => numbers.ReduceByWindow(null!, Second),
            () => numbers.ReduceByWindow(null!, (whole, part) => whole - part, Second),
            () => numbers.ReduceByWindow((left, right) => left + right, null!, Second),
            () => pairs.MapValues((Func<int, int>)null!),
            () => pairs.FlatMapValues((Func<int, IEnumerable<int>>)null!),
            () => pairs.ReduceByKey(null!),
            () => pairs.CombineByKey((Func<int, int>)null!, (sum, number) => sum + number, (left, right) => left + right),
            () => pairs.CombineByKey(number => number, null!, (left, right) => left + right),
            () => pairs.CombineByKey(number => number, (sum, number) => sum + number, null!),
            () => pairs.ReduceByKeyAndWindow(null!, Second),
            () => pairs.ReduceByKeyAndWindow(null!, (whole, part) => whole - part, Second),
            () => pairs.ReduceByKeyAndWindow((left, right) => left + right, null!, Second),
            () => pairs.UpdateStateByKey((Func<IReadOnlyList<int>, Option<int>, Option<int>>)null!),
            () => pairs.UpdateStateByKey((Func<BatchTime, int, IReadOnlyList<int>, Option<int>, Option<int>>)null!),
            () => pairs.UpdateStateByKey((Func<IEnumerable<(int Key, IReadOnlyList<int> Values, Option<int> State)>, IEnumerable<(int, int)>>)null!),
            () => StateSpec.Function((Func<int, Option<int>, State<int>, int>)null!),
            () => StateSpec.Function((Func<BatchTime, int, Option<int>, State<int>, Option<int>>)null!),
        ];
        Assert.All(calls, call => Assert.Throws<ArgumentNullException>(call));
    }
}
