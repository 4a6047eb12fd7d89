namespace CodegenStreaming.Conformance;

/// <summary>A function of <c>ForeachRdd</c> without an action drops its records, and the log says so.</summary>
public sealed class ActionWatchTests
{
    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(25, true)]
    public async Task ItIsWarnedOnce_AfterTenBatchesWithRecords(int batches, bool isWarned)
    {
        using var log = new RecordedLog();
        await using var test = new StreamingTest(new StreamingTestOptions { LoggerFactory = log });
        var input = new GivenInput<int>();
        var numbers = input.AddTo(test.Streaming);
        numbers.ForeachRdd(rdd => _ = rdd.Map(number => number + 1)).Named("forgetful");
        numbers.ForeachRdd(rdd => rdd.Count());
        test.Start();
        for (var batch = 0; batch < batches; batch++)
        {
            input.Give(batch);
            await test.AdvanceAsync();
            await test.AdvanceAsync(); // Without records there is nothing to be missed.
        }

        Assert.Equal(isWarned ? 1 : 0, log.Warnings.Count(line => line.Contains("Output 0 (forgetful) has called no action", StringComparison.Ordinal)));
        Assert.DoesNotContain(log.Warnings, line => line.Contains("Output 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AFunctionThatHasCalledAnActionBefore_HasItsReasons()
    {
        using var log = new RecordedLog();
        await using var test = new StreamingTest(new StreamingTestOptions { LoggerFactory = log });
        var input = new GivenInput<int>();
        var isFirst = true;
        input.AddTo(test.Streaming).ForeachRdd(async (rdd, cancellation) =>
        {
            await Task.Delay(TimeSpan.Zero, cancellation);
            _ = isFirst ? rdd.Count() : 0;
            isFirst = false;
        });
        test.Start();
        for (var batch = 0; batch < 15; batch++)
        {
            input.Give(batch);
            await test.AdvanceAsync();
        }

        Assert.DoesNotContain(log.Warnings, line => line.Contains("no action", StringComparison.Ordinal));
    }
}
