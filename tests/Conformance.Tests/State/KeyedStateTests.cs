namespace CodegenStreaming.Conformance.State;

/// <summary>States that are read from outside while batches run.</summary>
public sealed class KeyedStateTests
{
    [Fact]
    public async Task State_IsThatOfTheLastBatch()
    {
        await using var test = new StreamingTest();
        var words = test.AddSource<string>();
        words.Stream.Map(word => (word, 1)).UpdateStateByKey((IReadOnlyList<int> ones, Option<long> count) => Keep(count.GetValueOrDefault() + ones.Count)).Named("counts").Print();
        var counts = test.Streaming.KeyedState<string, long>("counts");
        test.Start();
        Assert.Equal((0, null, false), (counts.Count, counts.BatchTime, counts.TryGet("a", out _)));
        Assert.Empty(counts.ToList());

        words.Add("a", "b", "a");
        await test.AdvanceAsync();
        Assert.Equal((2, test.BatchTimeOf(1)), (counts.Count, counts.BatchTime));
        Assert.True(counts.TryGet("a", out var count));
        Assert.Equal(2, count);
        Assert.Equal(new Option<long>(1), counts.Get("b"));
        Assert.Equal(default, counts.Get("c"));
        Assert.Equal([("a", 2L), ("b", 1L)], counts.ToList(out var time).OrderBy(pair => pair.Key));
        Assert.Equal(test.BatchTimeOf(1), time);

        await test.AdvanceAsync();
        Assert.Equal(test.BatchTimeOf(2), counts.BatchTime);
        words.Add("stop");
        await test.AdvanceAsync();
        await test.StopAsync();
        Assert.Equal(new Option<long>(2), counts.Get("a"));
        Assert.Equal(3, counts.Count);
    }

    [Fact]
    public async Task StateOfAPipeline_IsFoundByIts()
    {
        await using var test = new StreamingTest();
        var (one, other) = (new Visits(), new Visits());
        test.Streaming.Add(one);
        test.Streaming.Add(other);
        Assert.Contains("active", Assert.Throws<StreamingException>(() => one.State<int, int>("visits")).Message, StringComparison.Ordinal);
        test.Start();
        one.Users.Give(7, 7, 8);
        await test.AdvanceAsync();
        Assert.Equal(new Option<int>(2), one.State<int, int>("visits").Get(7));
        Assert.Equal(default, other.State<int, int>("visits").Get(7));

        Assert.Contains("pipeline", Assert.Throws<StreamingException>(() => test.Streaming.KeyedState<int, int>("visits")).Message, StringComparison.Ordinal);
        Assert.Contains("'visits' of Int32 and Int32 (MapWithState)", Assert.Throws<StreamingException>(() => one.State<int, int>("visit")).Message, StringComparison.Ordinal);
        Assert.Contains("Int32 and Int32", Assert.Throws<StreamingException>(() => one.State<int, long>("visits")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reader_WaitsForTheBatchAtWork_AndNoBatchForAReader()
    {
        await using var test = new StreamingTest();
        var (entered, goOn) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource());
        var isSlow = false;
        var numbers = test.AddSource<int>();
        numbers.Stream.Map(number => (number % 2, number)).MapWithState(StateSpec.Function((int key, Option<int> number, State<int> sum) =>
        {
            if (Volatile.Read(ref isSlow))
            {
                entered.TrySetResult();
                goOn.Task.Wait();
            }

            sum.Update(sum.GetOption().GetValueOrDefault() + number.Value);
            return key;
        })).Named("sums").Print();
        var sums = test.Streaming.KeyedState<int, int>("sums");
        numbers.Add(1, 2);
        await test.AdvanceAsync();
        Assert.Equal(new Option<int>(1), sums.Get(1));

        Volatile.Write(ref isSlow, true);
        numbers.Add(3, 4);
        var step = test.AdvanceAsync();
        await entered.Task;
        var (one, all) = (Task.Run(() => sums.Get(1)), Task.Run(() => sums.ToList()));
        using var patience = new CancellationTokenSource();
        var cancellation = TestContext.Current.CancellationToken;
        var (unblocked, wholly) = (sums.GetAsync(1, cancellation).AsTask(), sums.ToListAsync(cancellation).AsTask());
        var impatient = sums.GetAsync(1, patience.Token).AsTask();
        Assert.False(unblocked.IsCompleted);
        Assert.False(wholly.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        goOn.SetResult();
        await step;
        Assert.Equal(new Option<int>(4), await unblocked);
        Assert.Equal([(0, 6), (1, 4)], (await wholly).Order());
        Assert.True(sums.GetAsync(1, cancellation).AsTask().IsCompletedSuccessfully);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sums.GetAsync(1, patience.Token));
        Assert.Equal(new Option<int>(4), await one);
        Assert.Equal([(0, 6), (1, 4)], (await all).Order());
    }

    [Fact]
    public async Task BatchThatFails_LeavesTheStateOfTheOneBefore()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        numbers.Stream.Map(number => (number % 3, 12 / number)).MapWithState(StateSpec.Function((int key, Option<int> number, State<int> sum) =>
        {
            sum.Update(sum.GetOption().GetValueOrDefault() + (12 / number.Value));
            return key;
        })).Named("sums").Print();
        var sums = test.Streaming.KeyedState<int, int>("sums");
        numbers.Add(1, 2, 3);
        await test.AdvanceAsync();
        var before = sums.ToList(out var time);
        numbers.Add(1, 2, 24); // 12 / (12 / 24) comes last.
        await test.ExpectFailureAsync();
        Assert.Equal(before.Order(), sums.ToList(out var after).Order());
        Assert.Equal(time, after);
    }

    [Fact]
    public async Task BatchThatFails_AfterTheTableWasMovedTogether_LeavesTheStateToo()
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { DefaultParallelism = 1 } });
        var keys = test.AddSource<int>();
        keys.Stream.Map(key => (Math.Abs(key), key)).MapWithState(StateSpec.Function((int key, Option<int> given, State<int> state) =>
        {
            if (given.Value < 0)
            {
                state.Remove();
                return key;
            }

            state.Update(given.Value == 7 ? throw new IOException("no more") : given.Value);
            return key;
        })).Named("keys").Print();
        var states = test.Streaming.KeyedState<int, int>("keys");
        keys.Add(Enumerable.Range(10, 5000));
        await test.AdvanceAsync();
        keys.Add(Enumerable.Range(20, 4990).Select(key => -key)); // The next batch begins by moving the ten that are left.
        await test.AdvanceAsync();
        Assert.Equal(10, states.Count);
        keys.Add(7);
        await test.ExpectFailureAsync();
        Assert.Equal(Enumerable.Range(10, 10), states.ToList(out var time).Select(pair => pair.Key).Order());
        Assert.Equal(new Option<int>(12), states.Get(12));
        Assert.Equal(test.BatchTimeOf(2), time);
    }

    [Fact]
    public async Task State_IsNotReadInsideATask()
    {
        await using var test = new StreamingTest();
        var numbers = test.AddSource<int>();
        KeyedState<int, int>? sums = null;
        numbers.Stream.Map(number => (number, number)).MapWithState(StateSpec.Function((int key, Option<int> number, State<int> sum) => sums!.Get(key).GetValueOrDefault())).Named("sums").Print();
        sums = test.Streaming.KeyedState<int, int>("sums");
        numbers.Add(1);
        var failure = await test.ExpectFailureAsync();
        Assert.Contains("'sums'", Assert.IsType<StreamingException>(failure.Exception.InnerException).Message, StringComparison.Ordinal);
    }

    /// <summary>All keys have the same value in each batch, keys come and go, tables grow and are moved together; readers see whole batches and nothing else.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Readers_SeeWholeBatches(int partitions)
    {
        await using var test = new StreamingTest(new StreamingTestOptions { Streaming = { DefaultParallelism = partitions } });
        var keys = test.AddSource<int>();
        keys.Stream.Map(key => (key, 1)).UpdateStateByKey(
            (BatchTime time, int key, IReadOnlyList<int> ones, Option<(long Batch, long Copy)> state) =>
                key < NumberOf(test, time) * 40 ? default : new((NumberOf(test, time), -NumberOf(test, time)))).Named("batches").Print();
        test.Start();
        var batches = test.Streaming.KeyedState<int, (long Batch, long Copy)>("batches");
        using var done = new CancellationTokenSource();
        Task[] readers =
        [
            Task.Run(() => ReadAll(batches, done.Token), TestContext.Current.CancellationToken),
            Task.Run(() => ReadOne(batches, done.Token), TestContext.Current.CancellationToken),
        ];
        for (var batch = 1; batch <= 400; batch++)
        {
            keys.Add(Enumerable.Range(batch * 40, batch % 7 == 0 ? 3000 : 100));
            await test.AdvanceAsync();
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Equal(test.BatchTimeOf(400), batches.BatchTime);
    }

    private static long NumberOf(StreamingTest test, BatchTime time) => (time - test.BatchTimeOf(0)).Ticks / TimeSpan.TicksPerSecond;

    private static void ReadAll(KeyedState<int, (long Batch, long Copy)> batches, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            var all = batches.ToList(out var time);
            Assert.True(all.Count == 0 || time is not null);
            Assert.True(all.Select(pair => pair.State).Distinct().Count() <= 1, "A list had entries of two batches.");
            Assert.All(all.Take(1), pair => Assert.Equal(pair.State.Batch, -pair.State.Copy));
            Assert.Equal(all.Count, all.Select(pair => pair.Key).Distinct().Count());
        }
    }

    private static void ReadOne(KeyedState<int, (long Batch, long Copy)> batches, CancellationToken done)
    {
        var (latest, key) = (0L, 40);
        while (!done.IsCancellationRequested)
        {
            if (batches.TryGet(key, out var state))
            {
                Assert.Equal(state.Batch, -state.Copy);
                Assert.True(state.Batch >= latest, "The state went back.");
                latest = state.Batch;
            }
            else
            {
                key += 40;
                key = key > 16_000 ? 40 : key;
            }
        }
    }

    private static Option<long> Keep(long count) => new(count);
}
