using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace CodegenStreaming.Conformance;

/// <summary>What docs/lifecycle.md shows: a program in virtual time, through the public surface alone.</summary>
public sealed class VirtualTimeTests
{
    [Fact]
    public async Task Program_RunsBatchByBatch_WithAFakeClockAndAListener()
    {
        var time = new FakeTimeProvider();
        using var printed = new StringWriter();
        await using var streaming = new StreamingContext(new StreamingOptions { Master = "local" }, time, output: printed);
        var done = new BatchDone();
        streaming.AddListener(done);
        streaming.QueueStream(new Queue<string[]>([["a"], ["b"]])).Print();
        streaming.Start();

        time.Advance(TimeSpan.FromSeconds(1));
        var first = await done.Batches.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"Time: {first.BatchTime}{Environment.NewLine}", printed.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("b", printed.ToString(), StringComparison.Ordinal);

        time.Advance(TimeSpan.FromSeconds(1));
        var second = await done.Batches.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(1), second.BatchTime - first.BatchTime);
        Assert.Contains("b", printed.ToString(), StringComparison.Ordinal);
    }

    private sealed class BatchDone : IStreamingListener
    {
        private readonly Channel<BatchInfo> _batches = Channel.CreateUnbounded<BatchInfo>();

        public ChannelReader<BatchInfo> Batches => _batches.Reader;

        public void OnBatchCompleted(BatchInfo batch) => _batches.Writer.TryWrite(batch);
    }
}
