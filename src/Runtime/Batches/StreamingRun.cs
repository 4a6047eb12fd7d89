using System.Collections.Concurrent;
using CodegenStreaming.Execution;
using CodegenStreaming.Observability;
using CodegenStreaming.Recovery;
using Microsoft.Extensions.Logging;

namespace CodegenStreaming.Batches;

/// <summary>
/// What exists between a context's start and its stop: inputs that receive, the batch clock, job threads, the listeners' thread.
/// A stop goes the way of a record: inputs, clock, jobs, listeners.
/// </summary>
internal sealed class StreamingRun : IDisposable
{
    private const int MostBatchesUnderWay = 1000;

    private static readonly TimeSpan InputStopLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RunningJobsLimit = TimeSpan.FromSeconds(2);

    private readonly StreamGraph _graph;
    private readonly StreamingOptions _options;
    private readonly EngineContext _engine;
    private readonly SteadyTime _time;
    private readonly ILogger _logger;
    private readonly BatchLedger _ledger = new();
    private readonly GracefulDrain _drain;
    private readonly PendingMemory _memory;
    private readonly ListenerBus _bus;
    private readonly StreamingMetrics _metrics;
    private readonly BatchEvents _events;
    private readonly RememberedBatches _remembered;
    private readonly BatchUpkeep _upkeep;
    private readonly JobScheduler _scheduler;
    private readonly BatchClock _clock;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly ConcurrentDictionary<InputStream, bool> _receiving = new();
    private readonly Termination _termination;
    private readonly CheckpointCoordinator? _checkpoints;
    private readonly BatchRestart? _restart;
    private volatile bool _isStarting;

    public StreamingRun(RunSetting setting, Termination termination)
    {
        (_graph, _options, _engine, _logger, _termination) = (setting.Graph, setting.Options, setting.Engine, setting.Logger, termination);
        _restart = setting.Checkpoints?.Restart;
        _checkpoints = setting.Checkpoints?.Create(Abort);
        _time = new SteadyTime(setting.Time, setting.Checkpoints?.LastTime?.ToDateTimeOffset());
        _drain = new GracefulDrain(_graph, _ledger);
        _memory = new PendingMemory(_options.MaxPendingBytes);
        _bus = new ListenerBus(_options.AppName, _logger, setting.Listeners);
        _metrics = new StreamingMetrics(_options.AppName, () => _memory.Used, () => _ledger.ActiveCount);
        _events = new BatchEvents(_bus, _metrics, new OverrunWatch(_options.BatchInterval, _logger), _logger);
        _remembered = new RememberedBatches(setting.Remembered);
        var idle = new IdleBatches(_graph, setting.Services, _cancellation.Token);
        _upkeep = new BatchUpkeep(_graph, _remembered.IsOn, _logger, termination);
        _scheduler = new JobScheduler(
            _options.ConcurrentJobs, _options.AppName, _graph, idle, _remembered, _upkeep, _time, _events, _ledger, termination, _checkpoints);
        var generator = new JobGenerator(_graph, idle, _time, _upkeep, _scheduler, _events, _ledger, termination, _checkpoints);
        _clock = BatchClock.Create(
            _time, _options.BatchInterval, _options.AppName, generator.Generate, () => _ledger.ActiveCount >= MostBatchesUnderWay, WaitForRoom);
    }

    /// <summary>True on a thread that a stop would wait for.</summary>
    public bool IsCurrent => _scheduler.IsCurrent || _bus.IsCurrent || _clock.IsCurrent || _engine.Threads.IsCurrent;

    public PendingMemory Memory => _memory;

    public BatchLedger Ledger => _ledger;

    public CheckpointCoordinator? Checkpoints => _checkpoints;

    public RememberedBatches Remembered => _remembered;

    public GracefulDrain Drain => _drain;

    public void AddListener(IStreamingListener listener) => _bus.Add(listener);

    /// <summary>Completes when everything that happened so far has been told to the listeners.</summary>
    public Task FlushListenersAsync() => _bus.FlushAsync();

    public void Start()
    {
        _logger.Started(_options.AppName, _options.BatchInterval, _engine.TaskThreadCount, _graph.Inputs.Count, _graph.Outputs.Count);
        _events.Started(new StreamingStarted(_options.AppName, _time.UtcNow));
        var services = new InputServices(_time.Provider, _logger, _engine.Pool, _memory, _options.BatchInterval, _options.EffectiveBlockInterval)
        {
            Receivers = _events,
        };
        foreach (var input in _graph.Inputs)
        {
            _receiving.TryAdd(input, true);
            input.Start(services);
        }

        var restart = BeginCheckpoints();
        _isStarting = true;
        _clock.Start(restart);
        _isStarting = false;
    }

    public async Task StopAsync(bool graceful, CancellationToken cancellation)
    {
        var isProcessed = false;
        if (graceful)
        {
            var limit = _options.EffectiveGracefulStopTimeout;
            using var timeout = new CancellationTokenSource(limit, _time.Provider);
            using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
            try
            {
                await StopInputsAsync(graceful: true, limit, giveUp.Token).ConfigureAwait(false);
                await _drain.RunAsync(giveUp.Token).ConfigureAwait(false);
                _clock.Dispose();
                await _ledger.WaitUntilIdleAsync().WaitAsync(giveUp.Token).ConfigureAwait(false);
                isProcessed = true;
            }
            catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
            {
                _logger.GracefulStopTimedOut(limit);
            }
        }

        await EndAsync(isProcessed).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _checkpoints?.Dispose();
        _scheduler.Dispose();
        _bus.Dispose();
        _metrics.Dispose();
        _clock.Dispose();
        _cancellation.Dispose();
    }

    private BatchRestart? BeginCheckpoints()
    {
        if (_checkpoints is null || _restart is not null)
        {
            _checkpoints?.Begin(isFirst: false);
            return _restart;
        }

        var first = BatchClock.FirstAfter(_time.UtcNow, _options.BatchInterval);
        _graph.Grid.Begin(first);
        _checkpoints.Begin(isFirst: true);
        return new BatchRestart(first, new BatchTime(long.MinValue), MergesMissed: false);
    }

    /// <summary>
    /// Of what was missed a clock that is not the machine's makes all batches at once, when it is started. Later it never waits: a batch under way may wait for the
    /// clock to be advanced.
    /// </summary>
    private void WaitForRoom()
    {
        if (_isStarting && _ledger.ActiveCount >= MostBatchesUnderWay)
        {
            _ledger.WaitForRoomAsync(MostBatchesUnderWay).GetAwaiter().GetResult();
        }
    }

    /// <summary>The run has no right to go on: what runs is cancelled, and the program hears of it.</summary>
    private void Abort(Exception exception)
    {
        _termination.Fail(exception);
        _cancellation.Cancel();
    }

    /// <summary>Brings to an end whatever still runs.</summary>
    private async Task EndAsync(bool isProcessed)
    {
        _clock.Dispose();
        await _cancellation.CancelAsync().ConfigureAwait(false);
        using (var timeout = new CancellationTokenSource(InputStopLimit, _time.Provider))
        {
            await StopInputsAsync(graceful: false, InputStopLimit, timeout.Token).ConfigureAwait(false);
        }

        foreach (var input in _graph.Inputs)
        {
            input.DropPending(); // Also where a graceful stop gave up after its inputs had stopped.
        }

        await WaitForRunningJobsAsync(_ledger.WaitUntilIdleAsync()).ConfigureAwait(false);
        if (_checkpoints is not null)
        {
            await Task.Run(() => _checkpoints.End(isProcessed)).ConfigureAwait(false);
        }

        _upkeep.End();
        foreach (var scope in _remembered.End())
        {
            _events.Release(scope);
        }

        await CloseInputsAsync().ConfigureAwait(false);
        await WaitForRunningJobsAsync(_bus.FlushAsync()).ConfigureAwait(false);
        Dispose();
        _logger.Stopped(_options.AppName);
    }

    private async Task WaitForRunningJobsAsync(Task running)
    {
        try
        {
            await running.WaitAsync(RunningJobsLimit, _time.Provider).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _logger.RunningJobsLeft(RunningJobsLimit);
        }
    }

    private async Task CloseInputsAsync()
    {
        foreach (var input in _graph.Inputs)
        {
            try
            {
                await input.CloseAsync().WaitAsync(InputStopLimit, _time.Provider).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // The context stops, whatever its inputs do.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _logger.InputStopFailed(exception, input.DisplayName);
            }
        }
    }

    private Task StopInputsAsync(bool graceful, TimeSpan limit, CancellationToken giveUp) =>
        Task.WhenAll(_receiving.Keys.Select(input => StopInputAsync(input, graceful, limit, giveUp)));

    private async Task StopInputAsync(InputStream input, bool graceful, TimeSpan limit, CancellationToken giveUp)
    {
        try
        {
            await input.StopAsync(graceful).WaitAsync(giveUp).ConfigureAwait(false);
            _receiving.TryRemove(input, out _);
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            _logger.InputStopTimedOut(input.DisplayName, limit);
        }
#pragma warning disable CA1031 // One input's failure must not keep the others, and what is received, from being brought to an end.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _receiving.TryRemove(input, out _);
            _logger.InputStopFailed(exception, input.DisplayName);
        }
    }
}
