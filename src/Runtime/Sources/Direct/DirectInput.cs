using CodegenStreaming.Batches;
using CodegenStreaming.Execution;

namespace CodegenStreaming.Sources;

/// <summary>Plans each batch as ranges of a source, which tasks read. What a batch got can be given to it again, and so can everything from a position on.</summary>
#pragma warning disable CA1001 // The token source has neither timer nor parent: there is nothing to dispose of.
internal sealed class DirectInput<T, TPosition> : InputStream, IReplayableInput
#pragma warning restore CA1001
{
    private readonly DirectSource<T, TPosition> _source;
    private readonly DirectStreamOptions _options;
    private readonly DirectPlanner<T, TPosition> _planner;
    private readonly DirectFormat<TPosition> _format;
    private readonly DirectNode<T, TPosition> _node;
    private readonly CancellationTokenSource _stopping = new();
    private DirectRange<TPosition>[] _planned = [];
    private InputServices? _services;
    private DirectLimits? _limits;
    private OncePerMinute? _warning;
    private Task? _starting;

    /// <param name="operatorName">The method that made the stream.</param>
    /// <param name="source">What is read.</param>
    /// <param name="options">How much of it.</param>
    /// <param name="start">Where partitions begin, by name; null to leave that to the source.</param>
    public DirectInput(
        string operatorName, DirectSource<T, TPosition> source, DirectStreamOptions options, IReadOnlyDictionary<string, TPosition>? start = null)
    {
        options.Validate();
        (_source, _options) = (source, options);
        _planner = new DirectPlanner<T, TPosition>(source);
        _format = new DirectFormat<TPosition>(source.PositionCodec);
        _node = new DirectNode<T, TPosition>(operatorName, source);
        _planner.GoTo(start ?? new Dictionary<string, TPosition>());
    }

    public override string Name => _source.Name;

    public override string Origin => _source.Origin;

    public override bool IsExternal => true;

    public override DatasetNode<T> Node => _node;

    /// <summary>False: what lies in a source was not received, and a later run of the program takes it.</summary>
    public override bool HasPending => false;

    public ReadOnlyMemory<byte> Plan => _planned.Length == 0 ? default : _format.Write(_planned);

    private string LogName => Node.Name is { } name ? $"{DisplayName} '{name}'" : DisplayName;

    public override void Start(InputServices services)
    {
        (_services, _limits, _warning) = (services, new DirectLimits(_options, services.BatchInterval), new OncePerMinute(services.Time));
        BeginToStart();
    }

    public override Task StopAsync(bool graceful) => _stopping.CancelAsync();

    public override async Task CloseAsync()
    {
        if (_starting is { } starting)
        {
            await starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // Cancelled by the stop, if it still goes on.
            await _source.StopAsync().ConfigureAwait(false);
        }
    }

    public override InputAllocation Allocate(BatchTime time, EvaluationScope scope)
    {
        _planned = IsReady() ? PlanNext() : [];
        return Give(scope);
    }

    public InputAllocation AllocateAgain(BatchTime time, EvaluationScope scope, ReadOnlySpan<byte> plan)
    {
        _planned = plan.IsEmpty ? [] : _format.ReadRanges(plan);
        _planner.Repeat(_planned);
        return Give(scope);
    }

    public byte[] SavePositions() => _format.Write(_planner.Positions);

    public void RestorePositions(ReadOnlySpan<byte> positions) => _planner.GoTo(_format.ReadPositions(positions));

    public void Commit(ReadOnlySpan<byte> positions) => _source.Commit(_format.ReadPositions(positions));

    private InputAllocation Give(EvaluationScope scope)
    {
        var ranges = Array.FindAll(_planned, static range => !range.IsEmpty);
        _node.SetRanges(scope, ranges);
        return new InputAllocation(ranges.Sum(static range => range.Count ?? 0), ranges.Length);
    }

    private bool IsReady()
    {
        if (_starting is null || _stopping.IsCancellationRequested)
        {
            return false;
        }

        if (_starting.IsCompleted && !_starting.IsCompletedSuccessfully)
        {
            Report("cannot be started", _starting.Exception?.InnerException ?? new TaskCanceledException(_starting));
            BeginToStart();
        }

        return _starting.IsCompletedSuccessfully;
    }

    private void BeginToStart() => _starting = StartSourceAsync();

    private async Task StartSourceAsync()
    {
        await _source.StartAsync(_stopping.Token).ConfigureAwait(false);
        _node.MarkStarted();
    }

    private DirectRange<TPosition>[] PlanNext()
    {
        try
        {
            return _planner.Plan(_limits!);
        }
#pragma warning disable CA1031 // A broker that is away for a minute must not end the program: the next batch plans what this one did not.
        catch (Exception exception) when (exception is not StreamingException)
#pragma warning restore CA1031
        {
            Report("cannot be planned", exception);
            return [];
        }
    }

    private void Report(string what, Exception exception)
    {
        if (_warning!.IsDue())
        {
            _services!.Logger.DirectSourceFailed(exception, LogName, what);
            _services.Receivers.ReceiverError(new ReceiverInfo(StreamId, DisplayName, IsActive: true, $"{what}: {exception.Message}", exception));
        }
    }
}
