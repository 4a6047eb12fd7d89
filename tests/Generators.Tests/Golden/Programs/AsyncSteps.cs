namespace Golden;

/// <summary>Loops end before an asynchronous step and begin anew behind it.</summary>
[StreamingPipeline]
public sealed partial class AsyncSteps(ResultLog log)
{
    private static readonly AsyncStepOptions Few = new() { MaxConcurrency = 2, MaxAttempts = 2 };

    public void Define(StreamingContext streaming)
    {
        var numbers = streaming.Input<int>("numbers");
        numbers.Map(n => n + 1).Filter(n => n != 6).MapAsync(async (n, _) => await Later(n * 2), Few).Filter(n => n > 0).Map(n => (n % 3, n)).ReduceByKey((a, b) => a + b).Print();
        numbers.FlatMapAsync(async (n, _) => new[] { n, await Later(n + 1) }).Map(n => n * 10).ForeachRdd(rdd => log.Add("flat", rdd.Collect()));
        numbers.Map(n => n * 3).FilterAsync((n, _) => new ValueTask<bool>(n % 2 == 0)).MapAsync((n, _) => Task.FromResult($"<{n}>")).Print();
        numbers.ForeachRdd(async (rdd, cancellation) =>
        {
            log.Add("awaited", await Later((int)rdd.Filter(n => n > 3).MapAsync((n, _) => Task.FromResult(n)).Map(n => n + 1).Count()));
            await rdd.Map(n => n + 7).ForeachAsync(async (n, _) => log.Each("each", await Later(n)));
            await rdd.Filter(n => n < 9).ForeachPartitionAsync(async (all, _) => log.Partition("partition", [.. all, await Later(0)]));
        });
        numbers.Map(n => n - 1).ForeachRdd(async (rdd, time, _) => log.Add("timed", await Later((int)(rdd.Count() + time.Milliseconds))));
    }

    private static async Task<int> Later(int number)
    {
        await Task.Yield();
        return number;
    }
}
