using CodegenStreaming.Batches;
using CodegenStreaming.Execution;
using CodegenStreaming.Memory;
using CodegenStreaming.Sources;

namespace CodegenStreaming.Testing;

/// <summary>An input of a context with a probe: the one that was defined, or in its place the records of a test.</summary>
internal abstract class ProbedInput(InputStream defined) : InputStream
{
    /// <summary>The input that stands in the program.</summary>
    protected InputStream Defined => defined;

    /// <summary>True when the test gives the records.</summary>
    public bool IsFed { get; set; }

    public sealed override string Name => defined.Name;

    public sealed override string Origin => defined.Origin;

    public sealed override DatasetNode Node => defined.Node;

    public sealed override bool IsExternal => defined.IsExternal;
}

internal class ProbedInput<T>(InputStream defined, DatasetNode<T> node, Action<int, BatchTime, Exception> failed) : ProbedInput(defined)
{
    private InputServices? _services;
    private ReceiverInfo? _receiver;

    /// <summary>The leaf that its records are given to.</summary>
    public DatasetNode<T> RecordsNode => node;

    public bool HasFailed { get; private set; }

    /// <summary>What the test gives.</summary>
    public FedRecords<T> Fed { get; } = new();

    public sealed override bool HasPending => IsFed ? Fed.HasPending : Defined.HasPending;

    public void Fail(Exception exception)
    {
        if (_receiver is not { IsActive: true })
        {
            throw new InvalidOperationException("The receiver does not run.");
        }

        HasFailed = true;
        _receiver = _receiver with { IsActive = false, LastErrorMessage = exception.Message, LastError = exception };
        _services!.Logger.ReceiverFailed(exception, DisplayName);
        _services.Receivers.ReceiverError(_receiver);
        _services.Receivers.ReceiverStopped(_receiver);
    }

    public void Restart()
    {
        if (!HasFailed)
        {
            throw new InvalidOperationException("The receiver has not failed.");
        }

        HasFailed = false;
        _receiver = _receiver! with { IsActive = true };
        _services!.Receivers.ReceiverStarted(_receiver);
    }

    public sealed override void Start(InputServices services)
    {
        Defined.StreamId = StreamId;
        _services = services;
        if (IsFed)
        {
            _receiver = new ReceiverInfo(StreamId, DisplayName, IsActive: true);
            services.Receivers.ReceiverStarted(_receiver);
        }
        else
        {
            Defined.Start(services);
        }
    }

    public sealed override Task StopAsync(bool graceful)
    {
        if (!IsFed)
        {
            return Defined.StopAsync(graceful);
        }

        if (_receiver is { IsActive: true })
        {
            _receiver = _receiver with { IsActive = false };
            _services!.Receivers.ReceiverStopped(_receiver);
        }

        return Task.CompletedTask;
    }

    public sealed override Task CloseAsync() => IsFed ? Task.CompletedTask : Defined.CloseAsync();

    public sealed override void DropPending()
    {
        Fed.DropPending();
        if (!IsFed)
        {
            Defined.DropPending();
        }
    }

    public sealed override InputAllocation Allocate(BatchTime time, EvaluationScope scope)
    {
        try
        {
            return IsFed ? Give(scope, TakeFed()) : Defined.Allocate(time, scope);
        }
        catch (Exception exception)
        {
            failed(StreamId, time, exception);
            throw;
        }
    }

    /// <summary>What no batch has got yet.</summary>
    protected virtual T[][] TakeFed()
    {
        var taken = Fed.Take();
        Fed.Forget(Fed.Next);
        return taken;
    }

    protected InputAllocation Give(EvaluationScope scope, T[][] partitions)
    {
        scope.SetInput(node, [.. partitions.Select(records => new ArrayBlock<T>(records, records.Length, pool: null))]);
        return new InputAllocation(partitions.Sum(records => (long)records.Length), partitions.Length);
    }
}
