using System.Collections.Concurrent;
using CodegenStreaming.Tests.Execution;

namespace CodegenStreaming.Tests.Rdds.Asynchronous;

/// <summary>Actions that one awaits.</summary>
public sealed class AsyncActionTests
{
    private static readonly int[][] Given = [[1, 2], [], [3, 4, 5]];

    [Fact]
    public async Task ForeachAsync_IsCalledOnceForEachRecord()
    {
        using var engine = new EngineContext(master: "local[2]");
        var seen = new ConcurrentQueue<int>();
        var numbers = engine.Parallelize(Enumerable.Range(0, 100), 7);
        await numbers.Map(value => value + 1).ForeachAsync(async (value, _) =>
        {
            await Task.Yield();
            seen.Enqueue(value);
        });
        await numbers.ForeachAsync((value, _) =>
        {
            seen.Enqueue(-value);
            return ValueTask.CompletedTask;
        });
        Assert.Equal(Enumerable.Range(1, 100).Concat(Enumerable.Range(0, 100).Select(value => -value)).Order(), seen.Order());
    }

    [Fact]
    public async Task ForeachPartitionAsync_GetsEachPartition()
    {
        using var engine = new EngineContext(master: "local[2]");
        var seen = new ConcurrentQueue<int[]>();
        await engine.Parallelize(Enumerable.Range(0, 10), 3).Map(value => value * 2).ForeachPartitionAsync(async (values, _) =>
        {
            await Task.Yield();
            seen.Enqueue([.. values]);
        });
        Assert.Equal([[0, 2, 4], [6, 8, 10], [12, 14, 16, 18]], seen.OrderBy(part => part[0]));
    }

    [Theory]
    [InlineData("ForeachAsync")]
    [InlineData("ForeachPartitionAsync")]
    [InlineData("Map")]
    public async Task AFailure_ComesWithTheTask_AndNamesItsOperator(string operatorName)
    {
        using var engine = new TestEngine(maxFailures: 2);
        using var scope = engine.NewScope();
        var calls = new ConcurrentQueue<int>();
        var numbers = engine.Given(scope, Given).Map(value => operatorName == "Map" ? Thrown(value) : value);
        var failure = await Assert.ThrowsAsync<StreamingTaskException>(() => operatorName == "ForeachAsync"
            ? numbers.ForeachAsync(async (value, _) =>
            {
                await Task.Yield();
                calls.Enqueue(Thrown(value));
            })
            : numbers.ForeachPartitionAsync(async (values, _) =>
            {
                foreach (var value in values)
                {
                    await Task.Yield();
                    calls.Enqueue(operatorName == "Map" ? value : Thrown(value));
                }
            }));
        Assert.Equal((operatorName, 2), (failure.OperatorName, failure.Partition));
        Assert.Equal(2, calls.Count(value => value == 3)); // Twice tried; not once more to see what it was.
    }

    [Fact]
    public void InsideATask_TheyAreRefused()
    {
        using var engine = new TestEngine();
        engine.Batch(scope =>
        {
            var other = engine.Given(scope, [1]);
            var failure = Assert.Throws<StreamingTaskException>(() => engine.Given(scope, [1]).Foreach(value => _ = other.ForeachAsync((_, _) => Task.CompletedTask)));
            Assert.Contains("inside a function that runs in a task", failure.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task ACancelledBatch_CancelsThem()
    {
        using var cancelling = new CancellationTokenSource();
        using var engine = new TestEngine(cancellation: cancelling.Token);
        using var scope = engine.NewScope();
        var action = engine.Given(scope, [1], [2]).ForeachPartitionAsync((_, cancellation) => Task.Delay(-1, cancellation));
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => action);
    }

    private static int Thrown(int value) => value == 5 ? throw new InvalidDataException("five") : value;
}
