using System.Globalization;
using CodegenStreaming.Codecs;
using CodegenStreaming.Execution.Storage;

namespace CodegenStreaming.Tests.Rdds;

/// <summary>A data set that has been written is read and not computed, and holds nothing of what it was made of.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EngineContext _engine = new(master: "local[2]", defaultParallelism: 3);
    private int _calls;

    public CheckpointTests() => _engine.SetCheckpointDirectory(_folder.Root);

    public void Dispose()
    {
        _engine.Dispose();
        Assert.Equal(0, _engine.Pool.Outstanding);
        Assert.Equal(0, _engine.Store.Used);
        _folder.Dispose();
    }

    [Fact]
    public void FirstAction_WritesAllPartitions_AndItIsComputedOnce()
    {
        var numbers = Counted(100, 4);
        numbers.Checkpoint();
        Assert.False(numbers.IsCheckpointed);
        Assert.Null(numbers.GetCheckpointFile());
        Assert.Equal(0, _calls);
        Assert.Equal(0, numbers.First());
        Assert.Equal(100, _calls);
        Assert.True(numbers.IsCheckpointed);
        Assert.Equal(["_SUCCESS", "part-00000", "part-00001", "part-00002", "part-00003"], [.. Directory.EnumerateFiles(numbers.GetCheckpointFile()!).Select(Path.GetFileName).Order()]);
        Assert.Equal([.. Enumerable.Range(0, 100)], numbers.Collect());
        Assert.Equal(4, numbers.PartitionCount);
        Assert.Equal([3, 4, 5], numbers.Filter(number => number > 2).Take(3));
        Assert.Equal(4950, numbers.Map(number => number).Sum());
        Assert.Equal(100, _calls);
    }

    [Fact]
    public void ActionOfWhatIsDerivedOfIt_WritesItToo()
    {
        var pairs = Counted(100).Map(number => (number % 10, 1)).ReduceByKey((left, right) => left + right);
        pairs.Checkpoint();
        var doubled = pairs.MapValues(count => count * 2);
        Assert.All(doubled.Collect(), pair => Assert.Equal(20, pair.Value));
        Assert.True(pairs.IsCheckpointed);
        Assert.Equal(10, pairs.Join(doubled).Count());
        Assert.Equal([10], pairs.Lookup(3));
        Assert.Equal(100, _calls);
    }

    [Fact]
    public void WhatWasDerivedBefore_GoesOnAsItWas()
    {
        var numbers = Counted(10);
        var before = numbers.Map(number => number + 1);
        numbers.Checkpoint();
        Assert.Equal(55, before.Sum());
        Assert.False(numbers.IsCheckpointed);
        Assert.Equal(45, numbers.Sum());
        Assert.True(numbers.IsCheckpointed);
        Assert.Equal(55, before.Sum());
        Assert.Equal(30, _calls);
        Assert.DoesNotContain("Checkpoint", before.ToDebugString(), StringComparison.Ordinal);
    }

    [Fact]
    public void PartitionsThatAreLost_ComeFromTheFiles()
    {
        var numbers = Counted(1000, 4);
        numbers.Checkpoint();
        numbers.Persist();
        var sums = numbers.Map(number => (number % 10, number)).ReduceByKey((left, right) => left + right).Persist();
        sums.Count();
        _engine.Store.Losses = new PartitionLosses(1, 0.5);
        for (var round = 0; round < 20; round++)
        {
            Assert.Equal(499_500, sums.Map(pair => pair.Value).Sum());
            Assert.Equal(499_500, numbers.Sum());
        }

        Assert.True(_engine.Store.Losses.Count > 20);
        Assert.Equal(1000, _calls);
    }

    [Fact]
    public void PairsThatArePartitioned_StayIt()
    {
        var pairs = _engine.Parallelize(Enumerable.Range(0, 30).Select(number => (number, 1))).PartitionBy(new HashPartitioner<int>(4));
        pairs.Checkpoint();
        pairs.Count();
        Assert.DoesNotContain("+-", pairs.Join(pairs, 4).ToDebugString(), StringComparison.Ordinal);
        Assert.Equal([.. Enumerable.Range(0, 30)], pairs.Join(pairs, 4).Map(pair => pair.Key).Collect().Order());
    }

    [Fact]
    public void Lineage_EndsAtTheFolder()
    {
        var numbers = Counted(10, 2);
        numbers.Checkpoint();
        var words = numbers.Map(number => number.ToString(CultureInfo.InvariantCulture));
        Assert.Equal("(2) Map\n |  Checkpoint\n |  Map\n |  Parallelize", words.ToDebugString());
        words.Count();
        Assert.Equal($"(2) Map\n |  Checkpoint in {numbers.CheckpointFile}", words.ToDebugString());
    }

    [Fact]
    public void WhatItWasMadeOf_IsLetGo()
    {
        var (checkpointed, derived, parent) = Make();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(parent.IsAlive);
        Assert.Equal(10, checkpointed.Count());
        Assert.Equal(10, derived.Count());

        (Rdd<int> Checkpointed, Rdd<int> Derived, WeakReference Parent) Make()
        {
            var large = _engine.Parallelize(Enumerable.Range(0, 10), 2);
            var numbers = large.Map(number => number + 1);
            numbers.Checkpoint();
            var next = numbers.Map(number => number + 1); // Before it is written.
            next.Count();
            return (numbers, next, new WeakReference(large.Node));
        }
    }

    [Fact]
    public void ManySteps_EachOfTheLastOne_DoNotBecomeADeepChain()
    {
        var numbers = _engine.Parallelize(Enumerable.Range(0, 10), 2);
        for (var step = 0; step < 200; step++)
        {
            numbers = numbers.Map(number => number + 1);
            if (step % 20 == 19)
            {
                numbers.Checkpoint();
                numbers.Count();
            }
        }

        Assert.Equal(1, numbers.ToDebugString().Count(character => character == '(') + numbers.ToDebugString().Count(character => character == '\n'));
        Assert.Equal([.. Enumerable.Range(200, 10)], numbers.Collect());
    }

    [Fact]
    public void WhatIsPersisted_IsComputedOnce_AndReadWhereItIsKept()
    {
        var numbers = Counted(100, 4).Persist();
        numbers.Checkpoint();
        Assert.Equal(100, numbers.Count());
        Assert.Equal(100, _calls);
        Assert.Equal(StorageLevel.MemoryOnly, numbers.StorageLevel);
        Assert.Equal(100 * sizeof(int), _engine.Store.Used);
        foreach (var file in Directory.EnumerateFiles(numbers.CheckpointFile!))
        {
            File.Move(file, file + ".away");
        }

        Assert.Equal(4950, numbers.Sum());
        foreach (var file in Directory.EnumerateFiles(numbers.CheckpointFile!))
        {
            File.Move(file, file[..^".away".Length]);
        }

        numbers.Unpersist();
        Assert.Equal(0, _engine.Store.Used);
        Assert.Equal(4950, numbers.Sum());
        Assert.Equal(100, _calls);
    }

    [Fact]
    public void PartitionThatLeftMemory_ComesFromTheFile()
    {
        var numbers = Counted(100, 4).Persist();
        numbers.Count();
        numbers.Checkpoint();
        numbers.Count();
        foreach (var partition in numbers.Node.Stored!.Partitions!)
        {
            partition.Drop();
        }

        Assert.Equal(4950, numbers.Sum());
        Assert.Equal(100 * sizeof(int), _engine.Store.Used);
        Assert.Equal(100, _calls);
    }

    [Fact]
    public void DataSet_IsPersistedAfterwards()
    {
        var numbers = Counted(100, 4);
        numbers.Checkpoint();
        numbers.Persist(StorageLevel.MemoryOnly);
        Assert.Equal(100, numbers.Count());
        Assert.Equal(100 * sizeof(int), _engine.Store.Used);
        Assert.Equal(100, _calls);
    }

    [Fact]
    public void Texts_ComeBackAsTheyWere()
    {
        var path = _folder["lines.txt"];
        File.WriteAllLines(path, Enumerable.Range(0, 1000).Select(number => $"line {number}"));
        var lines = _engine.Utf8File(path).Filter(line => line.Length > 6);
        lines.Checkpoint();
        Assert.Equal(990, lines.Count());
        File.Delete(path);
        Assert.Equal("line 999", lines.Collect()[^1].ToString());
        Assert.Equal("line 10", lines.ToLocalIterator().First().ToString());
    }

    [Fact]
    public void WithoutDirectory_ItIsRefused()
    {
        using var engine = new EngineContext(master: "local");
        var numbers = engine.Parallelize([1]);
        Assert.Contains("SetCheckpointDirectory", Assert.Throws<CheckpointException>(() => numbers.Checkpoint()).Message, StringComparison.Ordinal);
        Assert.Equal(1, numbers.Count());
    }

    [Fact]
    public void WithoutCodec_ItIsRefused() =>
        Assert.Contains(nameof(CheckpointTests), Assert.Throws<MissingCodecException>(() => _engine.Parallelize([this]).Checkpoint()).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(FileDamage.Kinds), MemberType = typeof(FileDamage))]
    public void DamagedFile_FailsTheAction_AndIsNamed(string kind)
    {
        var numbers = Counted(4000, 2);
        numbers.Checkpoint();
        numbers.Count();
        var file = Path.Combine(numbers.CheckpointFile!, "part-00001");
        FileDamage.Apply(kind, file);
        var failure = Assert.Throws<StreamingTaskException>(() => numbers.Map(number => number).Collect());
        Assert.Equal(("Checkpoint", 1), (failure.OperatorName, failure.Partition));
        Assert.Contains(file, failure.Message, StringComparison.Ordinal);
        Assert.Equal(4000, _calls);
    }

    [Fact]
    public void TaskThatFailsWhileWriting_FailsTheAction_AndTheNextOneWritesAgain()
    {
        var fails = true;
        var numbers = _engine.Parallelize(Enumerable.Range(0, 100), 2).Map(number => fails && number == 77 ? throw new IOException("lost") : number);
        numbers.Checkpoint();
        var failure = Assert.Throws<StreamingTaskException>(() => numbers.Count());
        Assert.Equal("Map", failure.OperatorName);
        Assert.False(numbers.IsCheckpointed);
        fails = false;
        Assert.Equal(4950, numbers.Sum());
        Assert.True(numbers.IsCheckpointed);
        Assert.Equal(numbers.CheckpointFile, Assert.Single(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(numbers.CheckpointFile)!)));
    }

    [Fact]
    public void TaskThatIsTriedAgain_WritesEachRecordOnce()
    {
        using var engine = new EngineContext(master: "local[2]", maxTaskFailures: 2);
        engine.SetCheckpointDirectory(_folder.Root);
        var failures = 0;
        var numbers = engine.Parallelize(Enumerable.Range(0, 1000), 2)
            .Map(number => number == 777 && Interlocked.Increment(ref failures) == 1 ? throw new IOException("lost") : number);
        numbers.Checkpoint();
        Assert.Equal([.. Enumerable.Range(0, 1000)], numbers.Collect());
        Assert.Equal([.. Enumerable.Range(0, 1000)], engine.ObjectFile<int>(numbers.CheckpointFile!).Collect());
    }

    [Fact]
    public async Task CancelledAction_LeavesItUnwritten_AndTheNextOneWritesIt()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var goOn = new ManualResetEventSlim();
        var numbers = _engine.Parallelize(Enumerable.Range(0, 1000), 1).Map(number =>
        {
            started.TrySetResult();
            goOn.Wait();
            return number;
        });
        numbers.Checkpoint();
        var action = Task.Run(() => numbers.Count(), TestContext.Current.CancellationToken);
        await started.Task;
        _engine.CancelActions();
        goOn.Set();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => action);
        Assert.False(numbers.IsCheckpointed);
        Assert.Equal(499_500, numbers.Sum());
        Assert.True(numbers.IsCheckpointed);
    }

    [Fact]
    public async Task ActionsAtOnce_WriteItOnce()
    {
        var numbers = Counted(1000, 4);
        numbers.Checkpoint();
        var sums = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => numbers.Map(number => number).Sum(), TestContext.Current.CancellationToken)));
        Assert.All(sums, sum => Assert.Equal(499_500, sum));
        Assert.Equal(1000, _calls);
    }

    [Fact]
    public void DirectoryThatCannotBeMade_IsNamed()
    {
        var file = _folder["taken"];
        File.WriteAllText(file, "");
        _engine.SetCheckpointDirectory(file);
        var numbers = _engine.Parallelize([1]);
        numbers.Checkpoint();
        Assert.Contains(file, Assert.Throws<CheckpointException>(() => numbers.Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoPartitions_AreWrittenToo()
    {
        var none = _engine.Parallelize(Enumerable.Range(0, 3), 3).Filter(number => number > 5);
        none.Checkpoint();
        Assert.True(none.IsEmpty());
        Assert.True(none.IsCheckpointed);
        Assert.Empty(none.Collect());
    }

    private Rdd<int> Counted(int count, int? partitions = null) => _engine.Parallelize(Enumerable.Range(0, count), partitions).Map(number =>
    {
        Interlocked.Increment(ref _calls);
        return number;
    });
}
