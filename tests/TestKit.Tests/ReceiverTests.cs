using System.Collections.Concurrent;

namespace CodegenStreaming.TestKit.Tests;

/// <summary>Receivers that a test makes fail.</summary>
public sealed class ReceiverTests
{
    [Fact]
    public async Task FailedReceiver_IsToldToListeners_AndItsRecordsAreProcessed()
    {
        var heard = new Receivers();
        await using var test = new StreamingTest(new WordCount());
        test.Streaming.AddListener(heard);
        var (lines, counts) = (test.Source<string>(), test.Capture<(string, int)>());
        test.Start();
        lines.Add("a");
        var failure = new IOException("connection lost");

        lines.Fail(failure);
        await test.AdvanceAsync();
        Assert.True(lines.HasFailed);
        counts.Expect(("a", 1));
        await test.AdvanceAsync();
        counts.ExpectNothing();

        lines.Restart();
        Assert.False(lines.HasFailed);
        lines.Add("b");
        await test.AdvanceAsync();
        counts.Expect(("b", 1));
        await test.StopAsync();

        Assert.Equal(
            ["started Socket stream [0] True", "error Socket stream [0] False", "stopped Socket stream [0] False", "started Socket stream [0] True", "stopped Socket stream [0] False"],
            heard.Events.Select(happened => $"{happened.Event} {happened.Receiver.Name} {happened.Receiver.IsActive}"));
        Assert.Equal(("connection lost", failure), (heard.Events.ElementAt(1).Receiver.LastErrorMessage, heard.Events.ElementAt(1).Receiver.LastError));
    }

    [Fact]
    public async Task SourceThatDoesNotReceive_TakesNoRecords()
    {
        await using var test = new StreamingTest(new WordCount());
        var lines = test.Source<string>();
        Failing.AssertReport("SocketTextStream cannot fail: it is not receiving. Start the test first.", () => lines.Fail());
        test.Start();
        Failing.AssertReport("SocketTextStream cannot be restarted: it has not failed.", lines.Restart);
        lines.Fail();
        Failing.AssertReport("SocketTextStream is not receiving: it has failed. Call Restart before giving it records.", () => lines.Add("a"));
        Failing.AssertReport("SocketTextStream cannot fail: it is not receiving. Start the test first.", () => lines.Fail());
        lines.Restart();
        await test.StopAsync();
        Failing.AssertReport("SocketTextStream is not receiving: the context is stopped. Call RestartAsync before giving it records.", () => lines.Add("a"));
    }

    private sealed class Receivers : IStreamingListener
    {
        public ConcurrentQueue<(string Event, ReceiverInfo Receiver)> Events { get; } = new();

        public void OnReceiverStarted(ReceiverInfo receiver) => Events.Enqueue(("started", receiver));

        public void OnReceiverError(ReceiverInfo receiver) => Events.Enqueue(("error", receiver));

        public void OnReceiverStopped(ReceiverInfo receiver) => Events.Enqueue(("stopped", receiver));
    }
}
