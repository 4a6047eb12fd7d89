using CodegenStreaming.Execution;

namespace CodegenStreaming.Conformance;

/// <summary>What windows emit, refuse and keep. Statements of the reference about windows are tested by those numbers.</summary>
public sealed class WindowTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Statement71_WithoutADataSet_ThereIsNoJob()
    {
        await using var test = new StreamingTest();
        var events = new RecordedEvents();
        test.Streaming.AddListener(events);
        var numbers = test.AddSource<int>();
        numbers.Stream.Window(3 * Second, 3 * Second).Map(number => number + 1).Print();
        for (var batch = 1; batch <= 6; batch++)
        {
            numbers.Add(batch);
            await test.AdvanceAsync();
        }

        // Statement 54: such a batch time sends no events at all.
        Assert.Equal(2, events.Names.Count(name => name == "BatchCompleted"));
        Assert.Equal(2, test.Printed.Split("Time:").Length - 1);
        Assert.Contains("2\n3\n4", test.Printed.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("5\n6\n7", test.Printed.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.5, 1)]
    [InlineData(2, 1.5)]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(2, 0)]
    public async Task Statement82_LengthAndSlide_AreMultiplesOfTheParentsSlide(double length, double slide)
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>().Stream;
        var pairs = numbers.Map(number => (number, number));
        var (window, every) = (TimeSpan.FromSeconds(length), TimeSpan.FromSeconds(slide));
        Assert.ThrowsAny<ArgumentException>(() => numbers.Window(window, every));
        Assert.ThrowsAny<ArgumentException>(() => numbers.CountByWindow(window, every));
        Assert.ThrowsAny<ArgumentException>(() => numbers.ReduceByWindow((left, right) => left + right, window, every));
        Assert.ThrowsAny<ArgumentException>(() => numbers.ReduceByWindow((left, right) => left + right, (left, right) => left - right, window, every));
        Assert.ThrowsAny<ArgumentException>(() => pairs.ReduceByKeyAndWindow((left, right) => left + right, window, every));
        Assert.ThrowsAny<ArgumentException>(() => pairs.ReduceByKeyAndWindow((left, right) => left + right, (left, right) => left - right, window, every));
        Assert.ThrowsAny<ArgumentException>(() => pairs.GroupByKeyAndWindow(window, every));
        Assert.ThrowsAny<ArgumentException>(() => numbers.CountByValueAndWindow(window, every));
    }

    [Fact]
    public async Task Statement82_TheMessageHasTheNumbers()
    {
        await using var test = new StreamingTest();
        var slow = test.AddSource<int>().Stream.Window(4 * Second, 2 * Second);
        var failure = Assert.Throws<ArgumentException>(() => slow.Window(3 * Second));
        Assert.Contains("00:00:03", failure.Message, StringComparison.Ordinal);
        Assert.Contains("00:00:02", failure.Message, StringComparison.Ordinal);
        Assert.Equal("windowDuration", failure.ParamName);
    }

    [Fact]
    public async Task Statement70_StreamsOfDifferentSlides_AreNotBroughtTogether()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>().Stream;
        var slow = numbers.Window(2 * Second, 2 * Second);
        var failure = Assert.Throws<ArgumentException>(() => numbers.Union(slow));
        Assert.Contains("00:00:01", failure.Message, StringComparison.Ordinal);
        Assert.Contains("00:00:02", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => numbers.Map(number => (number, 1)).Join(slow.Map(number => (number, 2))));
        Assert.Throws<ArgumentException>(() => numbers.TransformWith(slow, (left, right, time) => left.Union(right)));
        Assert.Throws<ArgumentException>(() => test.Streaming.Union([numbers, slow]));
        Assert.Throws<ArgumentException>(() => test.Streaming.Transform([numbers, slow], (rdds, _) => rdds[0]));
    }

    [Fact]
    public async Task Statement85_CountsAndInverseSums_BeginWithTheFirstRecord_AndGoOnForEver()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        var counts = test.Capture(numbers.Stream.CountByWindow(2 * Second));
        var sums = test.Capture(numbers.Stream.ReduceByWindow((left, right) => left + right, (whole, part) => whole - part, 2 * Second));
        var folds = test.Capture(numbers.Stream.ReduceByWindow((left, right) => left + right, 2 * Second));
        await test.AdvanceAsync(2);
        counts.ExpectNothing();
        sums.ExpectNothing();
        folds.ExpectNothing();
        numbers.Add(4, 5);
        await test.AdvanceAsync();
        counts.Expect(2L);
        sums.Expect(9);
        await test.AdvanceAsync(2);
        counts.Expect(0L);
        sums.Expect(0);
        folds.ExpectNothing();
    }

    [Fact]
    public async Task Statement84_WithoutAFilter_KeysOfAnInverseWindow_NeverGo()
    {
        await using var test = new StreamingTest();
        var words = test.AddSource<string>();
        var ones = words.Stream.Map(word => (word, 1));
        var all = test.Capture(ones.ReduceByKeyAndWindow((left, right) => left + right, (whole, part) => whole - part, 2 * Second));
        var live = test.Capture(ones.ReduceByKeyAndWindow((left, right) => left + right, (whole, part) => whole - part, 2 * Second, filter: pair => pair.Value != 0));
        words.Add("a", "b", "a");
        await test.AdvanceAsync();
        words.Add("b");
        await test.AdvanceAsync(2);
        all.Expect(("a", 0), ("b", 1));
        live.Expect(("b", 1));
        await test.AdvanceAsync(5);
        all.Expect(("a", 0), ("b", 0));
        live.ExpectNothing();
        words.Add("a");
        await test.AdvanceAsync();
        all.Expect(("a", 1), ("b", 0));
        live.Expect(("a", 1));
    }

    [Fact]
    public async Task Statement86_FilterThatDropsAKeyTooEarly_FailsALaterBatch()
    {
        await using var test = new StreamingTest();
        var changes = test.AddSource<(string Key, int Change)>();
        test.Capture(changes.Stream.ReduceByKeyAndWindow((left, right) => left + right, (whole, part) => whole - part, 2 * Second, filter: pair => pair.Value != 0).Named("sums"));
        changes.Add(("a", 1), ("a", -1), ("b", 2));
        await test.AdvanceAsync(2);
        var failure = await test.ExpectFailureAsync("sums");
        var cause = Assert.IsType<StreamingException>(failure.Exception.InnerException);
        Assert.Contains("key 'a'", cause.Message, StringComparison.Ordinal);
        Assert.Contains("filter", cause.Message, StringComparison.Ordinal);

        // What slides has no next state without this one.
        var next = await test.ExpectFailureAsync();
        Assert.Contains(test.BatchTimeOf(3).ToString(), Assert.IsType<MissingStateException>(next.Exception).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statement86_KeyThatComesBackAsItLeaves_IsNotMissed()
    {
        await using var test = new StreamingTest();
        var changes = test.AddSource<(string Key, int Change)>();
        var sums = test.Capture(changes.Stream.ReduceByKeyAndWindow((left, right) => left + right, (whole, part) => whole - part, 2 * Second, filter: pair => pair.Value != 0));
        changes.Add(("a", 1), ("a", -1));
        await test.AdvanceAsync(2);
        changes.Add(("a", 5));
        await test.AdvanceAsync();
        sums.Expect(("a", 5));
    }

    [Fact]
    public async Task Statement87_WithASlideLongerThanTheWindow_TheBatchesLeftOutNeverCount()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        var sums = test.Capture(numbers.Stream.ReduceByWindow((left, right) => left + right, (whole, part) => whole - part, Second, 3 * Second));
        for (var batch = 1; batch <= 6; batch++)
        {
            numbers.Add(batch);
            await test.AdvanceAsync();
        }

        sums.Batches[0].Expect(3);
        sums.Batches[1].Expect(6);
    }

    [Fact]
    public async Task Statement88_WhatLeavesIsTakenOutAtOnce_BeforeWhatEntersIsAdded()
    {
        await using var test = new StreamingTest();
        var texts = test.AddSource<string>();
        var whole = test.Capture(texts.Stream.ReduceByWindow((left, right) => $"({left}+{right})", (left, right) => $"({left}-{right})", 2 * Second, 2 * Second));
        var byKey = test.Capture(texts.Stream.Map(text => (1, text)).ReduceByKeyAndWindow(
            (left, right) => $"({left}+{right})", (left, right) => $"({left}-{right})", 2 * Second, 2 * Second));
        foreach (var text in "abcd")
        {
            texts.Add(text.ToString());
            await test.AdvanceAsync();
        }

        byKey.Batches[1].Expect((1, "(((a+b)-(a+b))+(c+d))"));
        whole.Batches[0].Expect("(a+b)");
        whole.Batches[1].Expect("(((a+b)-(a+b))+(c+d))");
    }

    [Fact]
    public async Task Statement68_EachBatchIsComputedOnce_WhateverTheNumberOfWindowsThatReadIt()
    {
        var calls = 0;
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        var mapped = numbers.Stream.Map(number => number + Interlocked.Increment(ref calls) - calls);
        var short_ = test.Capture(mapped.Window(2 * Second));
        var long_ = test.Capture(mapped.Window(3 * Second));
        for (var batch = 1; batch <= 5; batch++)
        {
            numbers.Add(batch);
            await test.AdvanceAsync();
        }

        short_.ExpectInOrder(4, 5);
        long_.ExpectInOrder(3, 4, 5);
        Assert.Equal(5, calls);
    }

    [Fact]
    public async Task Statement68_BatchesWithoutAWindow_AreComputedInTheirOwnTime()
    {
        var calls = new List<int>();
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        var window = test.Capture(numbers.Stream.Map(number => Note(calls, number)).Window(4 * Second, 4 * Second));
        for (var batch = 1; batch <= 4; batch++)
        {
            numbers.Add(batch);
            await test.AdvanceAsync();
            Assert.Equal(Enumerable.Range(1, batch), calls);
        }

        window.ExpectInOrder(1, 2, 3, 4);
    }

    [Fact]
    public async Task WindowsOfWindows_SeeWhatTheInnerOnesShowed()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        var outer = test.Capture(numbers.Stream.Window(2 * Second).Window(4 * Second, 2 * Second));
        for (var batch = 1; batch <= 4; batch++)
        {
            numbers.Add(batch);
            await test.AdvanceAsync();
        }

        outer.Batches[0].ExpectInOrder(1, 1, 2);
        outer.Batches[1].ExpectInOrder(1, 1, 2, 2, 3, 3, 4);
    }

    [Fact]
    public async Task WindowsOfDifferentLengths_AreJoined()
    {
        await using var test = new StreamingTest();
        var impressions = test.AddSource<(int Ad, string Page)>("impressions");
        var clicks = test.AddSource<(int Ad, string User)>("clicks");
        var joined = test.Capture(impressions.Stream.Window(3 * Second).Join(clicks.Stream.Window(2 * Second)));
        impressions.Add((1, "home"));
        await test.AdvanceAsync();
        clicks.Add((1, "ada"));
        await test.AdvanceAsync();
        joined.Expect((1, ("home", "ada")));
        await test.AdvanceAsync();
        joined.Expect((1, ("home", "ada")));
        await test.AdvanceAsync();
        joined.ExpectNothing();
    }

    [Fact]
    public async Task WindowOfPairsThatArePartitionedByKey_IsPartitionedLikeThem()
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { DefaultParallelism = 3 } });
        var numbers = test.AddSource<int>();
        var window = numbers.Stream.Map(number => (number % 10, 1)).ReduceByKey((left, right) => left + right).Window(4 * Second);
        var partitions = test.Capture(window.Glom());
        var sums = test.Capture(window.ReduceByKey((left, right) => left + right));
        for (var batch = 1; batch <= 5; batch++)
        {
            numbers.Add(Enumerable.Range(batch, 20));
            await test.AdvanceAsync();
        }

        Assert.Equal(3, partitions.Latest.Records.Count);
        var keys = partitions.Latest.Records.Select(records => records.Select(record => record.Item1).ToHashSet()).ToArray();
        Assert.Equal(10, keys.Sum(set => set.Count));
        sums.Expect(Enumerable.Range(0, 10).Select(key => (key, 8)));
    }

    [Fact]
    public async Task BatchThatFails_FailsTheWindowsThatHoldIt_UntilItHasLeft()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        var window = test.Capture(numbers.Stream.Map(number => 12 / number).Window(2 * Second));
        numbers.Add(0);
        var failure = await test.ExpectFailureAsync();
        Assert.IsType<DivideByZeroException>(failure.Exception.InnerException);
        numbers.Add(4);
        await test.ExpectFailureAsync();
        numbers.Add(6);
        await test.AdvanceAsync();
        window.ExpectInOrder(3, 2);
    }

    [Fact]
    public async Task BatchThatFailedOnce_IsComputedWhenAWindowAsks()
    {
        var isDown = true;
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        var window = test.Capture(numbers.Stream.Map(number => Volatile.Read(ref isDown) ? throw new IOException("down") : number).Window(2 * Second));
        numbers.Add(1);
        await test.ExpectFailureAsync();
        Volatile.Write(ref isDown, false);
        numbers.Add(2);
        await test.AdvanceAsync();
        window.ExpectInOrder(1, 2);
    }

    [Fact]
    public async Task TaskOfAWindow_IsTriedAgain()
    {
        var calls = 0;
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { MaxTaskFailures = 2 } });
        var numbers = test.AddSource<int>();
        var sums = test.Capture(numbers.Stream.ReduceByWindow((left, right) => ++calls == 3 ? throw new IOException("once") : left + right, 4 * Second));
        var inverse = test.Capture(numbers.Stream.ReduceByWindow((left, right) => left + right, (whole, part) => whole - part, 4 * Second));
        var removals = 0;
        var byKey = test.Capture(numbers.Stream.Map(number => (number % 2, number)).ReduceByKeyAndWindow(
            (left, right) => left + right, (whole, part) => Interlocked.Increment(ref removals) is 2 or 5 ? throw new IOException("once") : whole - part, 4 * Second));
        for (var batch = 1; batch <= 9; batch++)
        {
            numbers.Add(batch);
            if (batch == 6)
            {
                test.FailTask("ReduceByWindow", afterWork: true);
                test.FailTask("ReduceByKeyAndWindow", afterWork: true);
            }

            await test.AdvanceAsync();
        }

        sums.Expect(6 + 7 + 8 + 9);
        inverse.Expect(6 + 7 + 8 + 9);
        byKey.Expect((0, 6 + 8), (1, 7 + 9));
    }

    [Fact]
    public async Task Slice_HasTheWindowsOfItsBatches()
    {
        await using var test = new StreamingTest();
        test.Streaming.Remember(60 * Second);
        var numbers = test.AddSource<int>();
        var window = numbers.Stream.Window(2 * Second, 2 * Second);
        window.Print();
        for (var batch = 1; batch <= 6; batch++)
        {
            numbers.Add(batch);
            await test.AdvanceAsync();
        }

        var slices = window.Slice(test.BatchTimeOf(1), test.BatchTimeOf(5));
        Assert.Equal([[1, 2], [3, 4]], slices.Select(rdd => rdd.Collect()));
    }

    private static int Note(List<int> calls, int number)
    {
        lock (calls)
        {
            calls.Add(number);
        }

        return number;
    }
}
