using CodegenStreaming.Execution;

namespace CodegenStreaming.Tests.Execution;

public sealed class WorkQueueTests
{
    [Fact]
    public void Items_ComeInTheOrderOfAdding_HoweverManyWait()
    {
        var queue = new WorkQueue<int>();
        var (added, taken) = (0, 0);
        for (var round = 1; round <= 50; round++)
        {
            for (var item = 0; item < round; item++)
            {
                Assert.True(queue.TryAdd(added++));
            }

            for (var item = 0; item < round - 1; item++)
            {
                Assert.True(queue.TryTake(out var next));
                Assert.Equal(taken++, next);
            }
        }
    }

    [Fact]
    public void AnItem_IsThereAsOftenAsItWasAdded()
    {
        var queue = new WorkQueue<string>();
        queue.TryAdd("one", times: 40);
        queue.TryAdd("two");
        queue.Complete();

        Assert.Equal([.. Enumerable.Repeat("one", 40), "two"], TakeAll(queue));
    }

    [Fact]
    public void ACompletedQueue_TakesNothing_AndGivesWhatItHas()
    {
        var queue = new WorkQueue<int>();
        queue.TryAdd(1);
        Assert.False(queue.IsCompleted);
        queue.Complete();

        Assert.True(queue.IsCompleted);
        Assert.False(queue.TryAdd(2));
        Assert.Equal([1], TakeAll(queue));
    }

    [Fact]
    public void EveryItem_IsTakenOnce_ByThreadsThatSleepAndWake()
    {
        const int items = 20_000;
        var queue = new WorkQueue<int>();
        var taken = new int[items];
        var takers = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            while (queue.TryTake(out var item))
            {
                Interlocked.Increment(ref taken[item]);
            }
        })).ToArray();
        Array.ForEach(takers, thread => thread.Start());
        for (var item = 0; item < items; item++)
        {
            queue.TryAdd(item);
            if (item % 1000 == 0)
            {
                while (Volatile.Read(ref taken[item]) == 0) // The takers have nothing to do now and go to sleep.
                {
                    Thread.Yield();
                }
            }
        }

        queue.Complete();
        Array.ForEach(takers, thread => thread.Join());
        Assert.All(taken, times => Assert.Equal(1, times));
    }

    private static List<T> TakeAll<T>(WorkQueue<T> queue)
    {
        var all = new List<T>();
        while (queue.TryTake(out var item))
        {
            all.Add(item);
        }

        return all;
    }
}
