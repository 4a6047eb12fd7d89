namespace CodegenStreaming.TestKit.Tests;

public sealed class PipelineTests
{
    [Fact]
    public async Task Pipeline_IsTestedAsItIs_ItsServerReplaced()
    {
        await using var test = new StreamingTest(new WordCount());
        var lines = test.Source<string>();
        var counts = test.Capture<(string, int)>();

        lines.Add("to be or", "not to be");
        await test.AdvanceAsync();
        counts.Expect(("to", 2), ("be", 2), ("or", 1), ("not", 1));

        await test.AdvanceAsync();
        counts.ExpectNothing();

        lines.Add("to");
        var third = await test.AdvanceAsync();
        counts.ExpectInOrder(("to", 1));
        Assert.Equal(test.BatchTimeOf(3), third);
        Assert.Equal([4, 0, 1], counts.Batches.Select(batch => batch.Records.Count));
        Assert.Equal([1, 2, 3], counts.Batches.Select(batch => batch.Number));
        Assert.Equal(Enumerable.Range(1, 3).Select(test.BatchTimeOf), counts.Batches.Select(batch => batch.BatchTime));
        Assert.Contains("Time: 1000000003000 ms", test.Printed, StringComparison.Ordinal);
        Assert.Contains("(to,1)", test.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loops_AreFused_WhereAnOutputIsCaptured()
    {
        await using var test = new StreamingTest(new WordCount());
        var counts = test.Capture<(string, int)>("counts");
        var lines = test.Source<string>("SocketTextStream");
        lines.Add("a b");
        await test.AdvanceAsync();

        Assert.Equal(3, test.Streaming.Plan.BoundSites.Count);
        Assert.Empty(test.Streaming.Plan.UnboundSites);
        counts.Expect(("a", 1), ("b", 1));
    }

    [Fact]
    public async Task StreamsInTheMiddle_AreCapturedByName_AndDivideTheLoop()
    {
        await using var test = new StreamingTest(new WordCount());
        var (words, counts) = (test.Capture<(string, int)>("words"), test.Capture<(string, int)>("ReduceByKey"));
        var lines = test.Source<string>();
        lines.Add("a b a");
        await test.AdvanceAsync();

        words.ExpectInOrder(("a", 1), ("b", 1), ("a", 1));
        counts.Expect(("a", 2), ("b", 1));
        Assert.NotEmpty(test.Streaming.Plan.UnboundSites);
    }

    [Fact]
    public async Task ServerThatNobodyAskedFor_IsSilent()
    {
        await using var test = new StreamingTest(new WordCount());
        var counts = test.Capture<(string, int)>();
        await test.AdvanceAsync(2);
        counts.ExpectNothing();
    }

    [Fact]
    public async Task Files_AreReplacedToo()
    {
        await using var test = new StreamingTest(streaming =>
        {
            streaming.TextFileStream("/no/such/directory").Map(line => line.Length).Print();
            streaming.Utf8FileStream("/no/such/directory").FlatMap(line => line.Split(' ')).Map(word => (word.ToString(), 1)).Print();
        });
        var strings = test.Source<string>();
        var texts = test.Source<Utf8Slice>("Utf8FileStream");
        var lengths = test.Capture<int>("Map");
        var words = test.Capture<(string, int)>("Map");
        strings.Add("four", "eleven char");
        texts.Add(Utf8Slice.Copy("a b"), Utf8Slice.Copy("c"));

        await test.AdvanceAsync();

        lengths.ExpectInOrder(4, 11);
        words.ExpectInOrder(("a", 1), ("b", 1), ("c", 1));
    }

    [Fact]
    public async Task FileStream_ReadsFiles_WhereItIsKept()
    {
        var folder = Directory.CreateTempSubdirectory("kept-source");
        try
        {
            await using var test = new StreamingTest(streaming =>
                streaming.TextFileStream(folder.FullName, new FileStreamOptions { NewFilesOnly = false }).Print());
            test.KeepSources();
            var lines = test.Capture<string>();
            var path = Path.Combine(folder.FullName, "lines.txt");
            await File.WriteAllTextAsync(path, "one\ntwo\n", TestContext.Current.CancellationToken);
            File.SetLastWriteTimeUtc(path, test.Time.GetUtcNow().UtcDateTime);

            await test.AdvanceAsync();

            lines.ExpectInOrder("one", "two");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Queue_IsReadAsInAProgram_UntilItsSourceIsAskedFor()
    {
        await using var test = new StreamingTest(streaming =>
        {
            streaming.QueueStream(new Queue<int[]>([[1, 2], [3]])).Print().Named("kept");
            streaming.QueueStream(new Queue<int[]>([[4, 5]])).Named("numbers").Print().Named("replaced");
        });
        var (kept, replaced) = (test.Capture<int>("kept"), test.Capture<int>("replaced"));
        var numbers = test.Source<int>("numbers");
        numbers.Add(9);

        await test.AdvanceAsync();
        kept.Expect(1, 2);
        replaced.Expect(9);

        await test.AdvanceAsync();
        kept.Expect(3);
        replaced.ExpectNothing();
    }

    [Fact]
    public async Task StreamsOfTheTestsOwn_HaveSources()
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { BatchInterval = TimeSpan.FromMilliseconds(10) } });
        var numbers = test.AddSource<int>("numbers");
        var doubled = test.Capture(numbers.Stream.Map(number => 2 * number));
        numbers.Add(1, 2);
        numbers.Add(3);

        Assert.Equal(1_000_000_000_010, (await test.AdvanceAsync()).Milliseconds);

        doubled.ExpectInOrder(2, 4, 6);
        Assert.Equal("Map", doubled.Name);
    }

    [Fact]
    public async Task EachAdd_IsAPartition()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        var partitions = test.Capture(numbers.Stream.Glom());
        numbers.Add(1, 2);
        numbers.Add();
        numbers.Add(3);
        await test.AdvanceAsync();

        partitions.ExpectInOrder([1, 2], [], [3]);
    }

    [Fact]
    public async Task FunctionsOfASharedStream_AreCalledOnce()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        var calls = 0;
        var counted = numbers.Stream.Map(number => Interlocked.Increment(ref calls));
        counted.Print().Named("printed");
        var (stream, output) = (test.Capture(counted), test.Capture<int>("printed"));
        numbers.Add(7, 7, 7);
        await test.AdvanceAsync();

        stream.ExpectInOrder(1, 2, 3);
        output.ExpectInOrder(1, 2, 3);
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task TextOfABatch_IsStillThere_WhenItsBatchIsOver()
    {
        await using var test = new StreamingTest();
        var lines = test.AddSource<Utf8Slice>();
        var words = test.Capture(lines.Stream.FlatMap(line => line.Split(' ')).Repartition(2));
        lines.Add(Utf8Slice.Copy("a b a"));
        await test.AdvanceAsync(1);
        await test.AdvanceAsync(1);

        words.Batches[0].Expect(Utf8Slice.Copy("a"), Utf8Slice.Copy("a"), Utf8Slice.Copy("b"));
    }

    [Fact]
    public async Task Channel_IsReplaced_WhereItsSourceIsAskedFor()
    {
        var channel = System.Threading.Channels.Channel.CreateUnbounded<int>();
        channel.Writer.TryWrite(1);
        await using var test = new StreamingTest(streaming => streaming.ChannelStream(channel.Reader).Print());
        var (numbers, printed) = (test.Source<int>(), test.Capture<int>());
        numbers.Add(2);
        await test.AdvanceAsync();

        printed.Expect(2);
        Assert.Equal(1, channel.Reader.Count);
    }

    [Fact]
    public async Task HundredsOfTests_RunAtOnceInOneProcess()
    {
        await Task.WhenAll(Enumerable.Range(0, 250).Select(number => Task.Run(
            async () =>
            {
                await using var test = new StreamingTest(new WordCount());
                var (lines, counts) = (test.Source<string>(), test.Capture<(string, int)>());
                for (var batch = 0; batch < 3; batch++)
                {
                    lines.Add(string.Join(' ', Enumerable.Repeat($"w{number}", batch + 1)));
                    await test.AdvanceAsync();
                    counts.Expect(($"w{number}", batch + 1));
                }

                lines.Add("last");
                await test.StopAsync();
                counts.Expect(("last", 1));
            },
            TestContext.Current.CancellationToken)));
    }
}
