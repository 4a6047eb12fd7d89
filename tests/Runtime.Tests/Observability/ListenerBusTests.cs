using CodegenStreaming.Observability;
using CodegenStreaming.Tests.Sources;

namespace CodegenStreaming.Tests.Observability;

public sealed class ListenerBusTests
{
    private readonly LogRecords _log = new();

    [Fact]
    public async Task EachListener_GetsEveryEventInOrder()
    {
        var (first, second) = (new Streams(), new Streams());
        using var bus = new ListenerBus("test", _log, [first, second]);

        for (var id = 0; id < 100; id++)
        {
            Post(bus, id);
        }

        await bus.FlushAsync();
        Assert.Equal(Enumerable.Range(0, 100), first.Ids);
        Assert.Equal(Enumerable.Range(0, 100), second.Ids);
    }

    [Fact]
    public async Task SlowListener_LosesEvents_WithOneWarning_AndHearsAgainLater()
    {
        using var held = new ManualResetEventSlim();
        var busy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var listener = new Streams
        {
            OnEvent = () =>
            {
                busy.TrySetResult();
                held.Wait(TestContext.Current.CancellationToken);
            },
        };
        using var bus = new ListenerBus("test", _log, [listener]);
        Post(bus, 0);
        await busy.Task; // From here on the queue only fills.
        for (var id = 1; id < ListenerBus.Capacity + 100; id++)
        {
            Post(bus, id);
        }

        held.Set();
        await bus.FlushAsync();
        Assert.Equal(ListenerBus.Capacity + 1, listener.Ids.Count);
        Assert.Single(_log.Warnings);

        Post(bus, -1);
        await bus.FlushAsync();
        Assert.Equal(-1, listener.Ids[^1]);
    }

    [Fact]
    public async Task Event_IsNotDelivered_AfterDispose()
    {
        var listener = new Streams();
        var bus = new ListenerBus("test", _log, [listener]);
        bus.Dispose();

        Post(bus, 1);

        await bus.FlushAsync();
        Assert.Empty(listener.Ids);
    }

    [Fact]
    public async Task Listener_RunsOnTheBusThread()
    {
        using var bus = new ListenerBus("test", _log, []);
        var inside = false;
        bus.Add(new Streams { OnEvent = () => inside = bus.IsCurrent });

        Post(bus, 1);
        await bus.FlushAsync();

        Assert.True(inside);
        Assert.False(bus.IsCurrent);
    }

    private static void Post(ListenerBus bus, int id) =>
        bus.Post(static (listener, happened) => listener.OnReceiverStarted(happened), new ReceiverInfo(id, "test", true));

    private sealed class Streams : IStreamingListener
    {
        public List<int> Ids { get; } = [];

        public Action OnEvent { get; init; } = () => { };

        public void OnReceiverStarted(ReceiverInfo receiver)
        {
            OnEvent();
            Ids.Add(receiver.StreamId);
        }
    }
}
