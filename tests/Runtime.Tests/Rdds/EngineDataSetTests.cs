namespace CodegenStreaming.Tests.Rdds;

/// <summary>Data sets of an engine context, outside batches.</summary>
public sealed class EngineDataSetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Parallelize_CutsEvenly_AndEachActionComputes(int partitions)
    {
        using var engine = new EngineContext(master: "local[2]", defaultParallelism: 3);
        var calls = 0;
        var numbers = Enumerable.Range(0, 20).ToArray();
        var doubled = engine.Parallelize(numbers, partitions).Map(number =>
        {
            Interlocked.Increment(ref calls);
            return number * 2;
        });

        Assert.Equal(numbers.Select(number => number * 2), doubled.Collect());
        Assert.Equal(20, doubled.Count());
        Assert.Equal(40, calls);
        Assert.Equal(partitions, doubled.PartitionCount);
        Assert.All(engine.Parallelize(numbers, partitions).Glom().Collect(), part => Assert.InRange(part.Length, 20 / partitions, (20 / partitions) + 1));
        Assert.Equal(0, engine.Pool.Outstanding);
    }

    [Theory]
    [InlineData("Count")]
    [InlineData("ReduceByKey")]
    [InlineData("ToLocalIterator")]
    [InlineData("ForeachAsync")]
    public async Task Actions_AreCancelled_AndLaterOnesRun(string action)
    {
        using var engine = new EngineContext(master: "local[1]");
        using var begun = new SemaphoreSlim(0);
        using var mayGoOn = new SemaphoreSlim(0);
        var calls = 0;
        var numbers = engine.Parallelize(Enumerable.Range(0, 4), 4).Map(number =>
        {
            Interlocked.Increment(ref calls);
            begun.Release();
            mayGoOn.Wait(TestContext.Current.CancellationToken);
            return number;
        });

        var running = Task.Run(() => Run(action, numbers), TestContext.Current.CancellationToken);
        await begun.WaitAsync(TestContext.Current.CancellationToken);
        engine.CancelActions();
        mayGoOn.Release(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(1, calls);
        Assert.Equal(4, await Run(action, numbers));
        Assert.Equal(0, engine.Pool.Outstanding);
    }

    [Fact]
    public async Task End_OfTheEngine_CancelsActions()
    {
        using var engine = new EngineContext(master: "local[1]");
        using var begun = new SemaphoreSlim(0);
        var waiting = engine.Parallelize(Enumerable.Range(0, 4), 4).ForeachAsync(async (_, cancellation) =>
        {
            begun.Release();
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        await begun.WaitAsync(TestContext.Current.CancellationToken);
        engine.Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Throws<ObjectDisposedException>(() => engine.Parallelize([1]).Count());
    }

    [Fact]
    public void Parallelize_CopiesTheRecords()
    {
        using var engine = new EngineContext();
        int[] numbers = [1, 2, 3];
        var rdd = engine.Parallelize(numbers);
        numbers[0] = 100;
        Assert.Equal([1, 2, 3], rdd.Collect());
    }

    [Fact]
    public void Exchanges_GiveTheirMemoryBack_AfterEachAction()
    {
        using var engine = new EngineContext(master: "local[2]");
        var words = engine.Parallelize(Enumerable.Range(0, 5000).Select(number => $"{number % 50}"), 4);
        var counts = words.Map(word => (word, 1)).ReduceByKey((left, right) => left + right);
        for (var time = 0; time < 3; time++)
        {
            Assert.Equal(Enumerable.Repeat(100, 50), counts.Map(pair => pair.Value).Collect());
            Assert.Equal(5000, counts.Join(counts.MapValues(value => $"{value}")).Map(pair => pair.Values.Left).Sum());
            Assert.Equal(Enumerable.Range(0, 50).Select(number => $"{number}").Order(StringComparer.Ordinal), words.Distinct().SortBy(word => word).ToLocalIterator());
            Assert.Equal(0, engine.Pool.Outstanding);
        }
    }

    [Fact]
    public void FailedActions_NameTheOperator_AndGiveTheirMemoryBack()
    {
        using var engine = new EngineContext(master: "local[2]");
        var failure = Assert.Throws<StreamingTaskException>(
            () => engine.Parallelize(Enumerable.Range(0, 100), 4).Map(number => 1 / (number - 50)).Distinct().Collect());
        Assert.Equal("Map", failure.OperatorName);
        Assert.IsType<DivideByZeroException>(failure.InnerException);
        Assert.Equal(0, engine.Pool.Outstanding);
    }

    [Fact]
    public void FailedFunctions_OfASideThatIsNotExchanged_AreNamed()
    {
        using var engine = new EngineContext(master: "local[2]");
        var placed = engine.Parallelize(Enumerable.Range(0, 20).Select(number => (number, number))).PartitionBy(new HashPartitioner<int>(2));
        var failing = placed.MapValues(value => 1 / (value - 5));
        Assert.Equal("MapValues", Assert.Throws<StreamingTaskException>(() => failing.Join(placed).Count()).OperatorName);
        Assert.Equal("MapValues", Assert.Throws<StreamingTaskException>(() => placed.Cogroup(failing).Count()).OperatorName);
        Assert.Equal("SortBy", Assert.Throws<StreamingTaskException>(() => placed.SortBy(pair => 1 / (pair.Value - 5)).Count()).OperatorName);
        Assert.Equal("MapValues", Assert.Throws<StreamingTaskException>(() => failing.GroupByKey(new HashPartitioner<int>(2)).Count()).OperatorName);
        Assert.Equal(0, engine.Pool.Outstanding);
    }

    [Fact]
    public void TextFiles_AreReadByEachAction()
    {
        using var engine = new EngineContext(master: "local[2]");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["b.txt"], "three\r\nfour");
        File.WriteAllText(folder["a.txt"], "one\ntwo\n");
        File.WriteAllText(folder["c.log"], "five");
        File.WriteAllText(folder["_SUCCESS"], "");
        File.WriteAllText(folder[".hidden"], "no");

        Assert.Equal(["one", "two"], engine.TextFile(folder["a.txt"]).Collect());
        Assert.Equal(["one", "two", "three", "four"], engine.TextFile(folder["*.txt"]).Collect());
        var all = engine.Utf8File(folder.Root);
        Assert.Equal(["one", "two", "three", "four", "five"], all.Map(line => line.ToString()).Collect());
        Assert.Equal(["one", "two", "three", "four", "five"], all.Collect().Select(line => line.ToString()));
        File.AppendAllText(folder["c.log"], "\nsix");
        Assert.Equal(6, all.Count());
        Assert.Equal(["one", "two", "six", "four", "five", "three"], all.SortBy(line => line.Length).Collect().Select(line => line.ToString()));
        Assert.Equal(0, engine.Pool.Outstanding);
    }

    [Fact]
    public void SavedText_IsReadBack_AndReplaced()
    {
        using var engine = new EngineContext(master: "local[2]");
        using var folder = new TemporaryFolder();
        var path = folder["out/numbers"];
        engine.Parallelize(Enumerable.Range(0, 100), 3).Map(number => number * 2).SaveAsTextFile(path);
        Assert.Equal(["_SUCCESS", "part-00000", "part-00001", "part-00002"], Directory.GetFiles(path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"{number * 2}"), engine.TextFile(path).Collect());

        engine.Parallelize(["only"], 1).SaveAsTextFile(path);
        Assert.Equal(["only"], engine.TextFile(path).Collect());
        var failure = Assert.Throws<StreamingTaskException>(() => engine.Parallelize([0]).Map(number => 1 / number).SaveAsTextFile(path));
        Assert.Equal("Map", failure.OperatorName);
        Assert.Equal(["only"], engine.TextFile(path).Collect());
        Assert.Equal(0, engine.Pool.Outstanding);
    }

    [Fact]
    public void APattern_StandsForTheFilesOfFoldersToo_WithoutThoseThatAreNotWholeYet()
    {
        using var engine = new EngineContext(master: "local[2]");
        using var folder = new TemporaryFolder();
        engine.Parallelize([1, 2, 3], 2).SaveAsObjectFile(folder["numbers-1000"]);
        engine.Parallelize([4], 1).SaveAsObjectFile(folder["numbers-2000"]);
        engine.Parallelize([5], 1).SaveAsObjectFile(folder[".numbers-3000.unfinished"]);
        engine.Parallelize([6], 1).SaveAsObjectFile(folder["other-1000"]);
        Directory.CreateDirectory(folder["empty-1000"]);

        var numbers = engine.ObjectFile<int>(folder["numbers-*"]);
        Assert.Equal([1, 2, 3, 4], numbers.Collect());
        engine.Parallelize([7], 1).SaveAsObjectFile(folder["numbers-3000"]);
        Assert.Equal([1, 2, 3, 4, 7], numbers.Collect());
        Assert.Empty(engine.ObjectFile<int>(folder["empty-*"]).Collect());
    }

    [Fact]
    public void MissingFiles_AreErrors_OfTheAction()
    {
        using var engine = new EngineContext();
        using var folder = new TemporaryFolder();
        var missing = engine.TextFile(folder["none.txt"]);
        Assert.Contains(folder["none.txt"], Assert.Throws<FileNotFoundException>(() => missing.Count()).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => engine.TextFile(folder["*.csv"]).Count());
        Assert.Empty(engine.TextFile(folder.Root).Collect());
        File.WriteAllText(folder["none.txt"], "here\n");
        Assert.Equal(1, missing.Count());
    }

    [Fact]
    public void ForeignEngines_AreRefused()
    {
        using var engine = new EngineContext();
        using var other = new EngineContext();
        Assert.Throws<ArgumentException>("other", () => engine.Parallelize([1]).Union(other.Parallelize([1])));
        Assert.Throws<ArgumentException>("right", () => engine.Parallelize([(1, 1)]).Join(other.Parallelize([(1, 1)])));
    }

    [Fact]
    public void DisposedEngines_SaySo()
    {
        var engine = new EngineContext();
        var rdd = engine.Parallelize([1, 2]);
        engine.Dispose();
        Assert.Throws<ObjectDisposedException>(() => rdd.Count());
    }

    [Fact]
    public void ActionsInsideTasks_AreRefused()
    {
        using var engine = new EngineContext();
        var table = engine.Parallelize([1, 2]);
        var failure = Assert.Throws<StreamingTaskException>(() => engine.Parallelize([1, 2]).Map(number => table.Count() + number).Collect());
        Assert.IsType<StreamingException>(failure.InnerException);
    }

    private static async Task<long> Run(string action, Rdd<int> numbers)
    {
        switch (action)
        {
            case "Count":
                return numbers.Count();
            case "ReduceByKey":
                return numbers.KeyBy(number => number).ReduceByKey((left, right) => left + right).Count();
            case "ToLocalIterator":
                return numbers.ToLocalIterator().LongCount();
            default:
                var count = 0L;
                await numbers.ForeachAsync((_, _) =>
                {
                    Interlocked.Increment(ref count);
                    return Task.CompletedTask;
                });
                return count;
        }
    }
}
