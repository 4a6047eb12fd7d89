using System.Runtime.ExceptionServices;
using CodegenStreaming.Batches;
using CodegenStreaming.Observability;

namespace CodegenStreaming;

public sealed partial class StreamingContext
{
    private readonly Lock _lifecycle = new();
    private readonly List<IStreamingListener> _listeners = [];
    private readonly CancellationTokenSource _stopAtOnce = new();
    private StreamingContextState _state;
    private StreamingRun? _run;
    private TaskCompletionSource? _stopping;

    /// <summary>Where the context is in its life.</summary>
    public StreamingContextState State
    {
        get
        {
            lock (_lifecycle)
            {
                return _state;
            }
        }
    }

    /// <summary>The run between start and stop, for tests that wait for batches.</summary>
    internal StreamingRun? Run => _run;

    /// <summary>The active context that was started last in this process; null when there is none.</summary>
    public static StreamingContext? GetActive() => ActiveContext.Latest;

    /// <summary>Adds a listener; before the start it sees everything, later what happens from then on.</summary>
    /// <param name="listener">Is called on a thread of the context's; see <see cref="IStreamingListener"/>.</param>
    public void AddListener(IStreamingListener listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        lock (_lifecycle)
        {
            _listeners.Add(listener);
            _run?.AddListener(listener);
        }
    }

    /// <summary>
    /// Starts to receive and to make batches; returns at once. On a started context it does nothing but warn. If it fails, the context is stopped.
    /// </summary>
    /// <exception cref="NoOutputOperationException">No output operation was registered.</exception>
    /// <exception cref="ContextStoppedException">The context has been stopped.</exception>
    /// <exception cref="ActiveContextException">Another context is active on the same engine context.</exception>
    public void Start()
    {
        ExceptionDispatchInfo failure;
        lock (_lifecycle)
        {
            switch (_state)
            {
                case StreamingContextState.Active:
                    _logger.StartedTwice();
                    return;
                case StreamingContextState.Stopped:
                    throw new ContextStoppedException("Start cannot be called");
            }

            try
            {
                StartRun();
                ActiveContext.Add(this);
                _state = StreamingContextState.Active;
                return;
            }
#pragma warning disable CA1031 // Thrown again when everything that was started has been stopped.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _state = StreamingContextState.Stopped;
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        }

        StopAsync(graceful: false, stopEngine: _ownsEngine).GetAwaiter().GetResult();
        failure.Throw();
    }

    /// <summary>Waits until the context is stopped or a batch fails.</summary>
    /// <exception cref="StreamingTaskException">A function failed in a task of a batch. Other failures are thrown as they were.</exception>
    /// <exception cref="CalledInsideBatchException">Called inside a batch or a listener.</exception>
    public void AwaitTermination() => AwaitTerminationAsync().GetAwaiter().GetResult();

    /// <summary>Waits until the context is stopped, a batch fails, or a time has passed.</summary>
    /// <param name="timeout">How long to wait, on the context's clock.</param>
    /// <returns>True when the context is stopped; false when the time has passed.</returns>
    /// <exception cref="StreamingTaskException">A function failed in a task of a batch. Other failures are thrown as they were.</exception>
    /// <exception cref="CalledInsideBatchException">Called inside a batch or a listener.</exception>
    public bool AwaitTerminationOrTimeout(TimeSpan timeout) => AwaitTerminationOrTimeoutAsync(timeout).GetAwaiter().GetResult();

    /// <inheritdoc cref="AwaitTermination"/>
    /// <param name="cancellationToken">Ends the wait, not the context.</param>
    public Task AwaitTerminationAsync(CancellationToken cancellationToken = default)
    {
        RefuseInsideBatch(nameof(AwaitTermination));
        return _termination.WaitAsync(cancellationToken);
    }

    /// <inheritdoc cref="AwaitTerminationOrTimeout"/>
    /// <param name="timeout">How long to wait, on the context's clock.</param>
    /// <param name="cancellationToken">Ends the wait, not the context.</param>
    public Task<bool> AwaitTerminationOrTimeoutAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        RefuseInsideBatch(nameof(AwaitTerminationOrTimeout));
        return _termination.WaitAsync(timeout, cancellationToken);
    }

    /// <summary>Stops the context. May be called at any time and any number of times.</summary>
    /// <param name="graceful">
    /// True to process everything that was received, within <see cref="StreamingOptions.GracefulStopTimeout"/>; false to drop it and to cancel what
    /// runs. A stop that is not graceful cuts short one that is.
    /// </param>
    /// <param name="stopEngine">False to leave the engine context usable for another streaming context.</param>
    /// <exception cref="CalledInsideBatchException">Called inside a batch or a listener.</exception>
    public void Stop(bool graceful = false, bool stopEngine = true) => StopAsync(graceful, stopEngine).GetAwaiter().GetResult();

    /// <inheritdoc cref="Stop"/>
    /// <param name="graceful">True to process everything that was received first.</param>
    /// <param name="cancellationToken">Cuts a graceful stop short: what is not processed by then is dropped.</param>
    public Task StopAsync(bool graceful, CancellationToken cancellationToken) => StopAsync(graceful, stopEngine: true, cancellationToken);

    /// <inheritdoc cref="Stop"/>
    /// <param name="graceful">True to process everything that was received first.</param>
    /// <param name="stopEngine">False to leave the engine context usable for another streaming context.</param>
    /// <param name="cancellationToken">Cuts a graceful stop short: what is not processed by then is dropped.</param>
    public async Task StopAsync(bool graceful = false, bool stopEngine = true, CancellationToken cancellationToken = default)
    {
        RefuseInsideBatch(nameof(Stop));
        TaskCompletionSource stopping;
        var isFirst = false;
        lock (_lifecycle)
        {
            isFirst = _stopping is null;
            stopping = _stopping ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_state == StreamingContextState.Initialized)
            {
                _state = StreamingContextState.Stopped;
            }
        }

        if (isFirst)
        {
            try
            {
                await StopRunAsync(graceful, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                stopping.SetResult();
            }
        }
        else
        {
            if (!graceful)
            {
                await _stopAtOnce.CancelAsync().ConfigureAwait(false);
            }

            await stopping.Task.ConfigureAwait(false);
        }

        if (stopEngine && _engine.IsValueCreated)
        {
            _engine.Value.Dispose();
        }
    }

    /// <summary>Stops the context at once, with its engine context if that is its own.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(graceful: false, stopEngine: _ownsEngine).ConfigureAwait(false);

    private void StartRun()
    {
        if (_graph.Outputs.Count == 0)
        {
            throw new NoOutputOperationException();
        }

        var engine = Engine;
        ObjectDisposedException.ThrowIf(engine.IsDisposed, engine);
        OfferDataSetDirectory(engine);
        var services = engine.CreateServices(_planner, _time);
        foreach (var output in _graph.Outputs)
        {
            output.CheckStart?.Invoke(output, services);
        }

        if (engine.Occupy(this) is { } other)
        {
            throw new ActiveContextException(((StreamingContext)other).Options.AppName);
        }

        Probe?.Begin();
        services.TaskWatch = Probe is null ? null : Probe.Watch;
        SetPoisonPolicies(services);
        StreamPlanning.PlanAll(_graph, _planner);
        StreamPlanning.Log(Plan, _logger);
        var checkpoints = OpenCheckpoints(services);
        try
        {
            _run = new StreamingRun(
                new RunSetting(_graph, Options, engine, services, _time, _logger, _listeners, _remembered, checkpoints), _termination);
        }
        catch
        {
            checkpoints?.GiveUp();
            throw;
        }

        _run.Start();
    }

    private async Task StopRunAsync(bool graceful, CancellationToken cancellation)
    {
        if (_run is { } run)
        {
            using var atOnce = CancellationTokenSource.CreateLinkedTokenSource(_stopAtOnce.Token, cancellation);
            await run.StopAsync(graceful, atOnce.Token).ConfigureAwait(false);
            ActiveContext.Remove(this);
        }

        if (_engine.IsValueCreated)
        {
            Engine.Vacate(this);
        }

        lock (_lifecycle)
        {
            _state = StreamingContextState.Stopped;
        }

        _termination.Stop();
    }

    private void RefuseInsideBatch(string method)
    {
        if (_run is { IsCurrent: true })
        {
            throw new CalledInsideBatchException(method);
        }
    }
}
