using CodegenStreaming.Tests.Execution;
using static CodegenStreaming.Tests.Rdds.RandomData;

namespace CodegenStreaming.Tests.Rdds.Asynchronous;

/// <summary>Asynchronous steps against the synchronous operators, on random data, with functions that are done at once, soon or late.</summary>
public sealed class AsyncModelTests
{
    [Fact]
    public void OrderedSteps_GiveWhatTheSynchronousOperatorsGive() => Check(data =>
    {
        var options = new AsyncStepOptions { MaxConcurrency = data.Random.Next(1, 20) };
        var parts = data.Partitions;
        Same(parts.Select(part => part.Select(value => value * 3)), data.Rdd.MapAsync((value, _) => SomeTime(value, value * 3), options));
        Same(parts.Select(part => part.Where(IsKept)), data.Rdd.FilterAsync((value, _) => SomeTime(value, IsKept(value)), options));
        Same(parts.Select(part => part.SelectMany(Repeated)), data.Rdd.FlatMapAsync((value, _) => SomeTime(value, Repeated(value)), options));
        Same(
            parts.Select(part => part.Where(IsKept).Select(value => value + 1).SelectMany(Repeated).Where(value => value != 7)),
            data.Rdd.FilterAsync((value, _) => SomeTime(value, IsKept(value)), options)
                .MapAsync((value, _) => SomeTime(value, value + 1), options)
                .FlatMapAsync((value, _) => SomeTime(value, Repeated(value)), options)
                .Filter(value => value != 7));
    });

    [Fact]
    public void UnorderedSteps_GiveTheSameRecords() => Check(data =>
    {
        var options = new AsyncStepOptions { MaxConcurrency = data.Random.Next(1, 20), Ordered = false };
        Same(
            data.Partitions.Select(part => part.Where(IsKept).Select(value => value * 3).SelectMany(Repeated).Order()),
            data.Rdd.FilterAsync((value, _) => SomeTime(value, IsKept(value)), options)
                .MapAsync((value, _) => SomeTime(value, value * 3), options)
                .FlatMapAsync((value, _) => SomeTime(value, Repeated(value)), options)
                .MapPartitions(values => values.Order()));
    });

    [Fact]
    public void FunctionsThatReturnTasks_AreTakenToo() => Check(data =>
    {
        Same(data.Partitions.Select(part => part.Select(value => value + 1)), data.Rdd.MapAsync((value, _) => Task.FromResult(value + 1)));
        Same(data.Partitions.Select(part => part.Select(value => value + 1)), data.Rdd.MapAsync(async (value, _) => await Task.FromResult(value + 1)));
        Same(data.Partitions.Select(part => part.Select(value => value + 1)), data.Rdd.MapAsync(Next));
        Same(data.Partitions.Select(part => part.Where(IsKept)), data.Rdd.FilterAsync((value, _) => Task.FromResult(IsKept(value))));
        Same(data.Partitions.Select(part => part.SelectMany(Repeated)), data.Rdd.FlatMapAsync((value, _) => Task.FromResult(Repeated(value))));
        Same(data.Partitions.Select(part => part.SelectMany(Repeated)), data.Rdd.FlatMapAsync(async (value, _) => await Task.FromResult(Repeated(value).ToList())));
    });

    [Fact]
    public void Actions_OverThem_GiveTheSame() => Check(data =>
    {
        var step = data.Rdd.MapAsync((value, _) => SomeTime(value, value * 2));
        Assert.Equal(data.All.Length, step.Count());
        Assert.Equal(data.All.Select(value => value * 2).Take(5), step.Take(5));
        Assert.Equal(data.All.Sum() * 2, step.Fold(0, (left, right) => left + right));
        Assert.Equal(
            data.All.GroupBy(value => value % 3).Select(group => (group.Key, group.Sum() * 2)).Order(),
            step.Map(value => (value / 2 % 3, value)).ReduceByKey((left, right) => left + right).Collect().Order());
    });

    [Fact]
    public void FilterAsync_KeepsWhatPairsArePartitionedBy() => Check(data =>
    {
        var pairs = data.Rdd.KeyBy(value => value % 5).PartitionBy(new Remainders(3)).FilterAsync((pair, _) => SomeTime(pair.Item2, IsKept(pair.Item2)));
        var counts = pairs.MapValues(_ => 1).ReduceByKey((left, right) => left + right, new Remainders(3));
        using (var evaluation = pairs.Evaluate())
        {
            pairs.Node.Prepare(evaluation.Scope);
            Assert.IsType<Remainders>(pairs.Node.PartitionerOf(evaluation.Scope));
        }

        Assert.Equal(
            data.All.Where(IsKept).GroupBy(value => value % 5).Select(group => (group.Key, group.Count())).Order(), counts.Collect().Order());
    });

    [Fact]
    public void AStep_IsTakenAgain_WhenItsRecordsAreReadAgain()
    {
        using var engine = new TestEngine();
        engine.Batch(scope =>
        {
            var sums = engine.Given(scope, [1, 2, 3], [4]).MapAsync((value, _) => SomeTime(value, value)).MapPartitions(values => new[] { values.Count(), values.Sum() });
            Assert.Equal([3, 6, 1, 4], sums.Collect());
        });
    }

    private static bool IsKept(int value) => value % 4 != 1;

    private static IEnumerable<int> Repeated(int value) => Enumerable.Repeat(value, value % 3);

    private static async Task<int> Next(int value, CancellationToken cancellation)
    {
        await Task.Yield();
        return value + 1;
    }

    /// <summary>Done at once, soon, or after some turns of the pool.</summary>
    private static async ValueTask<T> SomeTime<T>(int value, T result)
    {
        for (var turn = 0; turn < value % 4; turn++)
        {
            await Task.Yield();
        }

        return result;
    }
}
