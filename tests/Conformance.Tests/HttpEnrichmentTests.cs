namespace CodegenStreaming.Conformance;

/// <summary>Asynchronous steps against a real service that is slow, sometimes fails and sometimes does not answer at all.</summary>
public sealed class HttpEnrichmentTests
{
    private static readonly int[] Numbers = [.. Enumerable.Range(0, 300)];

    private readonly AsyncStepOptions _options = new()
    {
        MaxConcurrency = 12,
        Timeout = TimeSpan.FromMilliseconds(500),
        MaxAttempts = 20,
        RetryDelay = TimeSpan.FromMilliseconds(5),
        RetryOn = exception => exception is HttpRequestException or TimeoutException,
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void EveryRecordIsEnriched(bool ordered)
    {
        using var service = new FlakyService();
        using var client = new HttpClient();
        using var engine = new EngineContext(master: "local[2]");
        var running = new Lock();
        var (now, most) = (0, 0);

        var squares = engine.Parallelize(Numbers, 3).MapAsync(
            async (number, cancellation) =>
            {
                lock (running)
                {
                    most = Math.Max(most, ++now);
                }

                try
                {
                    return int.Parse(await client.GetStringAsync(service.AddressOf(number), cancellation), System.Globalization.CultureInfo.InvariantCulture);
                }
                finally
                {
                    lock (running)
                    {
                        now--;
                    }
                }
            },
            _options with { Ordered = ordered }).Collect();

        var expected = Numbers.Select(number => number * number);
        Assert.Equal(expected, ordered ? squares : squares.Order());
        Assert.InRange(most, 2, 12);
        Assert.True(service.Failures > 20 && service.Silences > 2, $"{service.Failures} failures, {service.Silences} without an answer");
    }

    [Fact]
    public void AnAddressThatIsNotThere_FailsTheAction_AfterOneAttempt()
    {
        using var service = new FlakyService();
        using var client = new HttpClient();
        using var engine = new EngineContext(master: "local[2]");

        var failure = Assert.Throws<StreamingTaskException>(() => engine.Parallelize([1], 1).MapAsync(
            (_, cancellation) => client.GetStringAsync(service.AddressOf(-1), cancellation),
            _options with { Timeout = null, RetryOn = exception => exception is HttpRequestException { StatusCode: not System.Net.HttpStatusCode.NotFound } }).Collect());

        Assert.Equal("MapAsync", failure.OperatorName);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, Assert.IsType<HttpRequestException>(failure.InnerException).StatusCode);
        Assert.Equal(1, service.Requests);
    }
}
