using System.Text;
using CodegenStreaming.Sources;

namespace CodegenStreaming.Tests.Sources;

public sealed class BlockCollectorTests
{
    private static readonly int[] Three = [1, 2, 3];

    [Fact]
    public async Task Block_IsSealed_WhenItsIntervalHasPassedSinceItsFirstRecord()
    {
        await using var run = Run();
        var collector = new RowCollector<int>(run.Services);

        run.Time.Advance(TimeSpan.FromMilliseconds(150));
        collector.Append([1], 0);
        run.Time.Advance(TimeSpan.FromMilliseconds(199));
        collector.Append([2], 0);
        run.Time.Advance(TimeSpan.FromMilliseconds(1));
        collector.Append([3, 4], 0);
        run.Time.Advance(TimeSpan.FromSeconds(9));
        collector.Append([5], 0);

        using var batch = Take(run, collector);
        Assert.Equal([["1", "2"], ["3", "4"], ["5"]], batch.Partitions);
        Assert.Equal((5, 3), (batch.Allocation.Records, batch.Allocation.Blocks));
    }

    [Fact]
    public async Task Batch_GetsTheOpenBlock_AndTheNextOneStartsAfresh()
    {
        await using var run = Run();
        var collector = new RowCollector<int>(run.Services);

        collector.Append([1], 0);
        Assert.True(collector.HasPending);
        using (var first = Take(run, collector))
        {
            Assert.Equal([["1"]], first.Partitions);
        }

        Assert.False(collector.HasPending);
        using (var empty = Take(run, collector))
        {
            Assert.Empty(empty.Partitions);
            Assert.Equal((0, 0), (empty.Allocation.Records, empty.Allocation.Blocks));
        }

        run.Time.Advance(TimeSpan.FromMilliseconds(199));
        collector.Append([2], 0);
        run.Time.Advance(TimeSpan.FromMilliseconds(199));
        collector.Append([3], 0);
        using var second = Take(run, collector);
        Assert.Equal([["2", "3"]], second.Partitions);
    }

    [Fact]
    public async Task Reservation_IsGivenBack_WhenTheBatchIsDone()
    {
        await using var run = Run();
        var collector = new RowCollector<int>(run.Services);
        await run.Memory.ReserveAsync(100, TestContext.Current.CancellationToken);
        collector.Append(Three, 100);

        var batch = Take(run, collector);
        Assert.Equal(100, run.Memory.Used);
        Assert.Equal(1, run.Pool.Outstanding);

        batch.Dispose();
        Assert.Equal(0, run.Memory.Used);
        Assert.Equal(0, run.Pool.Outstanding);
    }

    [Fact]
    public async Task Drop_GivesBackWhatNoBatchGot()
    {
        await using var run = Run();
        var collector = new LineCollector<Utf8Slice>(run.Services, new Utf8LineBuffer(run.Pool));
        await run.Memory.ReserveAsync(50, TestContext.Current.CancellationToken);
        using (var lines = new LineSplitter(100, run.Pool))
        {
            collector.Append("one\ntwo\n"u8, lines, 50);
        }

        collector.Drop();

        Assert.False(collector.HasPending);
        Assert.Equal(0, run.Memory.Used);
        Assert.Equal(0, run.Pool.Outstanding);
    }

    [Fact]
    public async Task Records_KeepTheirOrder_WhenBlocksGrow()
    {
        await using var run = Run();
        var rows = new RowCollector<int>(run.Services);
        var numbers = Enumerable.Range(0, 100_000).ToArray();
        foreach (var group in numbers.Chunk(777))
        {
            rows.Append(group, 0);
        }

        using var batch = Take(run, rows);
        Assert.Equal(numbers, batch.Blocks[0].Records.ToArray());
    }

    [Fact]
    public async Task Utf8Lines_AllocateNothingPerLine()
    {
        await using var run = Run();
        var collector = new LineCollector<Utf8Slice>(run.Services, new Utf8LineBuffer(run.Pool));
        var chunk = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(line => $"line {line}\n")) + "cut");
        using var lines = new LineSplitter(1000, run.Pool);
        Fill();
        collector.Drop(); // The arrays are in the pool now.

        var before = GC.GetAllocatedBytesForCurrentThread();
        Fill();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated, 0, 64 * 1024); // For half a million lines.
        using var batch = Take(run, collector);
        Assert.Equal(500_000, batch.Allocation.Records);

        void Fill()
        {
            for (var repeat = 0; repeat < 100; repeat++)
            {
                collector.Append(chunk, lines, 0);
            }
        }
    }

    private static InputRun<int> Run() => new(context => context.QueueStream(new Queue<int[]>()));

    private static InputBatch<T> Take<T>(InputRun<int> run, BlockCollector<T> collector)
    {
        var node = new CodegenStreaming.Execution.Operators.InputNode<T>("Test");
        var scope = run.NewScope();
        return new InputBatch<T>(scope, collector.GiveTo(node, scope), node);
    }
}
