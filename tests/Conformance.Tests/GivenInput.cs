using CodegenStreaming.Batches;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Conformance;

/// <summary>
/// An input for what sources of the test kit leave out: one that fails or waits when it is started, asked or stopped, that reserves memory, or whose
/// records are not copied. Each group given is one block of the next batch.
/// </summary>
internal sealed class GivenInput<T> : InputStream
{
    private readonly Lock _lock = new();
    private readonly List<T[]> _groups = [];
    private readonly InputNode<T> _node = new("GivenStream");

    public override string Name => "Given stream";

    public override DatasetNode Node => _node;

    public InputServices? Services { get; private set; }

    public override bool HasPending
    {
        get
        {
            lock (_lock)
            {
                return _groups.Count > 0;
            }
        }
    }

    /// <summary>What happens first at the start, for inputs that fail there.</summary>
    public Action OnStart { get; init; } = () => { };

    /// <summary>What the stop waits for: records may still arrive until it is done.</summary>
    public Func<bool, Task> OnStop { get; init; } = _ => Task.CompletedTask;

    /// <summary>What happens first when a batch gets its records.</summary>
    public Action<BatchTime> OnAllocate { get; init; } = _ => { };

    /// <summary>What happens when a batch is over.</summary>
    public Action? OnDispose { get; init; }

    /// <summary>What the test has reserved of the pending memory for each record; the batch gives it back.</summary>
    public int ReservedPerRecord { get; set; }

    public DStream<T> AddTo(StreamingContext streaming) => streaming.AddInput(this, _node);

    public void Give(params T[] records)
    {
        lock (_lock)
        {
            _groups.Add(records);
        }
    }

    public override void Start(InputServices services)
    {
        OnStart();
        Services = services;
        services.Receivers.ReceiverStarted(new ReceiverInfo(StreamId, DisplayName, IsActive: true));
    }

    public override async Task StopAsync(bool graceful)
    {
        await OnStop(graceful);
        Services?.Receivers.ReceiverStopped(new ReceiverInfo(StreamId, DisplayName, IsActive: false));
    }

    public override InputAllocation Allocate(BatchTime time, EvaluationScope scope)
    {
        OnAllocate(time);
        T[][] groups;
        lock (_lock)
        {
            groups = [.. _groups];
            _groups.Clear();
        }

        scope.SetInput(_node, [.. groups.Select(group => new ArrayBlock<T>(group, group.Length, pool: null))]);
        if (OnDispose is not null)
        {
            scope.OnDispose(OnDispose);
        }

        if (ReservedPerRecord > 0)
        {
            scope.OnDispose(Services!.Memory.Release, ReservedPerRecord * groups.Sum(group => (long)group.Length));
        }

        return new InputAllocation(groups.Sum(group => group.Length), groups.Length);
    }
}
