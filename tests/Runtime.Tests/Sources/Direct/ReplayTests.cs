using CodegenStreaming.Batches;
using CodegenStreaming.Codecs;
using CodegenStreaming.Sources;

namespace CodegenStreaming.Tests.Sources.Direct;

/// <summary>What a direct stream gives to checkpoints and takes from them, as the coordinator of checkpoints does.</summary>
public sealed class ReplayTests
{
    private readonly ScriptedSource _source = new();

    [Fact]
    public async Task Statement242_BatchesAreMadeAgain_AndTheStreamGoesOnBehindThem()
    {
        var plans = new List<byte[]>();
        byte[] checkpoint;
        DirectRange<long>[] ranges;
        await using (var before = Run().Start())
        {
            _source.Add("a", "a0", "a1");
            using var first = before.Allocate();
            checkpoint = Replayable(before).SavePositions();
            _source.Add("a", "a2");
            _source.Add("b", "b0");
            using var second = before.Allocate();
            plans.Add(Replayable(before).Plan.ToArray());
            ranges = [.. second.Rdd.Ranges<long>()];
            using var third = before.Allocate();
            plans.Add(Replayable(before).Plan.ToArray());
        }

        _source.Add("a", "a3");
        await using var after = Run();
        Replayable(after).RestorePositions(checkpoint);
        after.Start();
        using var again = Again(after, plans[0]);
        using var empty = Again(after, plans[1]);
        using var next = after.Allocate();

        Assert.Empty(plans[1]);
        Assert.Equal([["a2"], ["b0"]], again.Partitions);
        Assert.Equal(ranges, again.Rdd.Ranges<long>());
        Assert.Equal(new InputAllocation(2, 2), again.Allocation);
        Assert.Equal(default, empty.Allocation);
        Assert.Equal(["a3"], next.Records);
    }

    [Fact]
    public async Task PartitionThatBeginsAtItsEnd_BeginsThereAgain()
    {
        _source.Add("a", "old");
        _source.Change = range => range.From == 0 ? new DirectRange<long>(range.Partition, 1, Math.Max(1, range.Until), Math.Max(1, range.Until) - 1) : range;
        byte[] plan;
        await using (var before = Run().Start())
        {
            using var first = before.Allocate();
            Assert.Equal(default, first.Allocation);
            plan = Replayable(before).Plan.ToArray();
        }

        Assert.NotEmpty(plan); // The range is empty, and settles where the partition begins.
        _source.Change = static range => range;
        _source.Add("a", "new");
        await using var after = Run().Start();
        using var again = Again(after, plan);
        using var next = after.Allocate();

        Assert.Equal(default, again.Allocation);
        Assert.Equal(["new"], next.Records);
    }

    [Fact]
    public async Task BatchFromBeforeThePositions_IsMadeAgain_AndDoesNotLeadBack()
    {
        byte[] plan, positions;
        await using (var before = Run().Start())
        {
            _source.Add("a", "a0");
            using var first = before.Allocate();
            plan = Replayable(before).Plan.ToArray();
            _source.Add("a", "a1");
            using var second = before.Allocate();
            positions = Replayable(before).SavePositions();
        }

        _source.Add("a", "a2");
        await using var after = Run();
        Replayable(after).RestorePositions(positions);
        after.Start();
        using var again = Again(after, plan);
        using var next = after.Allocate();

        Assert.Equal(["a0"], again.Records);
        Assert.Equal(["a2"], next.Records);
    }

    [Fact]
    public async Task RestoredPositions_CountInPlaceOfStartPositions()
    {
        _source.Add("a", "a0", "a1", "a2");
        await using var run = new InputRun<string>(context => context.DirectStream(_source, startPositions: new Dictionary<string, long> { ["a"] = 1 }));
        Replayable(run).RestorePositions(new DirectFormat<long>(BuiltInCodecs.Find<long>()!).Write(new Dictionary<string, long> { ["a"] = 2 }));
        run.Start();
        using var batch = run.Allocate();

        Assert.Equal(["a2"], batch.Records);
    }

    [Fact]
    public async Task Statement243_CommitHandsThePositionsToTheSource()
    {
        await using var run = Run().Start();
        _source.Add("a", "a0", "a1");
        _source.Add("b", "b0");
        using var batch = run.Allocate();

        Replayable(run).Commit(Replayable(run).SavePositions());

        Assert.Equal([new("a", 2), new("b", 1)], Assert.Single(_source.Commits));
    }

    [Fact]
    public async Task BytesThatAreNoPlan_AreRefused()
    {
        await using var run = Run().Start();
        Assert.Throws<CorruptRecordException>(() => Again(run, [1, 2, 3]));
        Assert.Throws<CorruptRecordException>(() => Replayable(run).RestorePositions([]));
        var texts = new DirectFormat<string>(BuiltInCodecs.Find<string>()!).Write(new Dictionary<string, string> { ["a"] = "x" });
        Assert.Throws<IncompatibleSchemaException>(() => Replayable(run).RestorePositions(texts));
    }

    [Fact]
    public void PositionsOfANarrowerNumber_AreReadAsTheWiderOne()
    {
        var written = new DirectFormat<int>(BuiltInCodecs.Find<int>()!).Write(new Dictionary<string, int> { ["a"] = 7 });

        Assert.Equal([new("a", 7L)], new DirectFormat<long>(BuiltInCodecs.Find<long>()!).ReadPositions(written));
    }

    [Fact]
    public void MutatedPlans_AreReadOrRefused()
    {
        var numbers = new DirectFormat<long>(BuiltInCodecs.Find<long>()!);
        var texts = new DirectFormat<string>(BuiltInCodecs.Find<string>()!);
        Randomly.Test(1, random =>
        {
            for (var round = 0; round < 25_000; round++)
            {
                ReadMutated(numbers, () => random.NextInt64(), random);
                ReadMutated(texts, () => Randomly.Text(random, 9, "aä漢"), random);
            }
        });
    }

    /// <summary>Two inputs: a plan and positions.</summary>
    private static void ReadMutated<TPosition>(DirectFormat<TPosition> format, Func<TPosition> next, Random random)
    {
        var ranges = Enumerable.Range(0, random.Next(4))
            .Select(index => new DirectRange<TPosition>($"p{index}", next(), next(), random.Next(2) == 0 ? null : random.Next()))
            .ToArray();
        var positions = ranges.ToDictionary(range => range.Partition, range => range.Until);
        Assert.Equal(ranges, format.ReadRanges(format.Write(ranges)));
        Assert.Equal(positions, format.ReadPositions(format.Write(positions)));
        Read(() => format.ReadRanges(Mutations.Of(format.Write(ranges), random)).Length);
        Read(() => format.ReadPositions(Mutations.Of(format.Write(positions), random)).Count);
    }

    private static void Read(Func<int> read)
    {
        try
        {
            Assert.InRange(read(), 0, 200);
        }
        catch (Exception exception) when (exception is CorruptRecordException or IncompatibleSchemaException)
        {
        }
    }

    private InputRun<string> Run() => new(context => context.DirectStream(_source));

    private static IReplayableInput Replayable(InputRun<string> run) => Assert.IsAssignableFrom<IReplayableInput>(run.Input);

    private static InputBatch<string> Again(InputRun<string> run, byte[] plan)
    {
        var scope = run.NewScope();
        return new InputBatch<string>(scope, Replayable(run).AllocateAgain(scope.Time!.Value, scope, plan), Assert.IsType<DirectNode<string, long>>(run.Input.Node));
    }
}
