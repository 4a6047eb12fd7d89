namespace CodegenStreaming.Tests.Batches;

public sealed class StreamingOptionsTests
{
    [Fact]
    public void Defaults_AreValid() => new StreamingOptions().Validate();

    public static TheoryData<string, string, Action<StreamingOptions>> Invalid => new()
    {
        { "AppName", " ", options => options.AppName = " " },
        { "BatchInterval", "00:00:00", options => options.BatchInterval = TimeSpan.Zero },
        { "BatchInterval", "-00:00:01", options => options.BatchInterval = TimeSpan.FromSeconds(-1) },
        { "BatchInterval", "00:00:00.0005000", options => options.BatchInterval = TimeSpan.FromMicroseconds(500) },
        { "BatchInterval", "2.00:00:00", options => options.BatchInterval = TimeSpan.FromDays(2) },
        { "BlockInterval", "00:00:00", options => options.BlockInterval = TimeSpan.Zero },
        { "BlockInterval", "00:00:02", options => options.BlockInterval = TimeSpan.FromSeconds(2) },
        { "DefaultParallelism", "0", options => options.DefaultParallelism = 0 },
        { "MaxPendingBytes", "0", options => options.MaxPendingBytes = 0 },
        { "MaxTaskFailures", "0", options => options.MaxTaskFailures = 0 },
        { "ConcurrentJobs", "0", options => options.ConcurrentJobs = 0 },
        { "GracefulStopTimeout", "00:00:00", options => options.GracefulStopTimeout = TimeSpan.Zero },
        { "GracefulStopTimeout", "50.00:00:00", options => options.GracefulStopTimeout = TimeSpan.FromDays(50) },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void InvalidSetting_IsRefused_WithNameAndValue(string setting, string value, Action<StreamingOptions> configure)
    {
        var options = new StreamingOptions();
        configure(options);

        var refusal = Assert.Throws<ArgumentException>(() => new StreamingContext(options));

        Assert.Contains($"StreamingOptions.{setting} is '{value}'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("local[0]")]
    [InlineData("local[-1]")]
    [InlineData("local[1025]")]
    [InlineData("local[two]")]
    [InlineData("local[2] ")]
    [InlineData("Local")]
    [InlineData("spark://host:7077")]
    public void UnknownMaster_IsRefused_WithWhatIsAllowed(string master)
    {
        var refusal = Assert.Throws<ArgumentException>(() => new StreamingContext(new StreamingOptions { Master = master }));

        Assert.Contains($"Master is '{master}'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("local[*]", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Master_GivesTheNumberOfTaskThreads()
    {
        Assert.Equal(1, ThreadsOf("local"));
        Assert.Equal(3, ThreadsOf("local[3]"));
        Assert.Equal(Environment.ProcessorCount, ThreadsOf("local[*]"));
    }

    [Fact]
    public void DefaultParallelism_IsTheNumberOfTaskThreads_UnlessGiven()
    {
        using var engine = new EngineContext(master: "local[3]");
        using var other = new EngineContext(master: "local[3]", defaultParallelism: 7);
        Assert.Equal((3, 7), (engine.DefaultParallelism, other.DefaultParallelism));
    }

    [Fact]
    public void BlockInterval_IsTheLesserOf200MillisecondsAndTheBatchInterval_UnlessGiven()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(200), new StreamingOptions().EffectiveBlockInterval);
        Assert.Equal(TimeSpan.FromMilliseconds(50), new StreamingOptions { BatchInterval = TimeSpan.FromMilliseconds(50) }.EffectiveBlockInterval);
        Assert.Equal(TimeSpan.FromMilliseconds(500), new StreamingOptions { BlockInterval = TimeSpan.FromMilliseconds(500) }.EffectiveBlockInterval);
    }

    [Fact]
    public void GracefulStopTimeout_IsTenBatchIntervals_UnlessGiven()
    {
        Assert.Equal(TimeSpan.FromSeconds(20), new StreamingOptions { BatchInterval = TimeSpan.FromSeconds(2) }.EffectiveGracefulStopTimeout);
        Assert.Equal(TimeSpan.FromHours(5), new StreamingOptions { GracefulStopTimeout = TimeSpan.FromHours(5) }.EffectiveGracefulStopTimeout);
    }

    [Fact]
    public async Task Settings_AreThoseAtConstruction()
    {
        var options = new StreamingOptions { BatchInterval = TimeSpan.FromSeconds(10), AppName = "counts" };
        await using var streaming = new StreamingContext(options);
        options.BatchInterval = TimeSpan.FromSeconds(1);

        Assert.Equal((TimeSpan.FromSeconds(10), "counts"), (streaming.Options.BatchInterval, streaming.Options.AppName));
    }

    private static int ThreadsOf(string master)
    {
        using var engine = new EngineContext(master: master);
        return engine.TaskThreadCount;
    }
}
