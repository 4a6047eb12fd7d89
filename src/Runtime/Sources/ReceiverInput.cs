using CodegenStreaming.Batches;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming.Sources;

/// <summary>
/// An input that receives by itself, asynchronously: it occupies no task thread. A derived class reads its source, reserves room for what it has
/// read, and stores it in its collector; while there is no room it does not read on, so that the source is held up and nothing is lost.
/// </summary>
#pragma warning disable CA1001 // The token sources have neither timers nor parents: there is nothing to dispose of, and a late Stop must not fail.
internal abstract class ReceiverInput<T>(string operatorName) : InputStream
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborting = new();
    private InputServices? _services;
    private BlockCollector<T>? _collector;
    private OncePerMinute? _pauseWarning;
    private ReceiverInfo? _lastReport;
    private Task _receiving = Task.CompletedTask;

    public sealed override DatasetNode<T> Node { get; } = new InputNode<T>(operatorName);

    public sealed override bool HasPending => _collector?.HasPending ?? false;

    /// <summary>The stream's kind, number and the name that the user gave it, for logs.</summary>
    public string LogName => Node.Name is { } name ? $"{DisplayName} '{name}'" : DisplayName;

    public InputServices Services => _services ?? throw new InvalidOperationException("The input has not been started.");

    /// <summary>Cancelled at a stop: read nothing more than what is here already.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Cancelled at a stop that is not graceful: leave at once.</summary>
    public CancellationToken Aborting => _aborting.Token;

    public sealed override void Start(InputServices services)
    {
        _services = services;
        _pauseWarning = new OncePerMinute(services.Time);
        _collector = CreateCollector(services);
        _receiving = Task.Run(RunAsync, CancellationToken.None);
    }

    public sealed override async Task StopAsync(bool graceful)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (!graceful)
        {
            await _aborting.CancelAsync().ConfigureAwait(false);
        }

        await _receiving.ConfigureAwait(false);
    }

    public sealed override void DropPending() => _collector?.Drop();

    public sealed override InputAllocation Allocate(BatchTime time, EvaluationScope scope)
    {
        if (_collector is not null)
        {
            return _collector.GiveTo(Node, scope);
        }

        scope.SetInput(Node, []);
        return default;
    }

    /// <summary>
    /// Waits for room among the pending data. Once the input is being stopped it does not wait: what has been read then is stored in any case.
    /// </summary>
    /// <returns>The bytes reserved, to be handed to the collector with the records.</returns>
    public async ValueTask<long> ReserveAsync(long bytes)
    {
        var granted = Services.Memory.ReserveAsync(bytes, Stopping);
        if (granted.IsCompletedSuccessfully)
        {
            return bytes;
        }

        if (!Stopping.IsCancellationRequested && _pauseWarning!.IsDue())
        {
            Services.Logger.ReceiverPaused(LogName, Services.Memory.Used);
        }

        try
        {
            await granted.ConfigureAwait(false);
            return bytes;
        }
        catch (OperationCanceledException) when (!Aborting.IsCancellationRequested)
        {
            return 0;
        }
    }

    protected abstract BlockCollector<T> CreateCollector(InputServices services);

    /// <summary>Receives until the source ends or the input is stopped.</summary>
    protected abstract Task ReceiveAsync();

    /// <summary>Tells the listeners that something went wrong; the log is the caller's matter.</summary>
    protected void ReportError(string message, Exception? exception)
    {
        _lastReport = _lastReport! with { LastErrorMessage = message, LastError = exception };
        Services.Receivers.ReceiverError(_lastReport);
    }

    private async Task RunAsync()
    {
        _lastReport = new ReceiverInfo(StreamId, DisplayName, IsActive: true);
        Services.Receivers.ReceiverStarted(_lastReport);
        try
        {
            await ReceiveAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // Whatever a source throws ends this input, not the process.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Services.Logger.ReceiverFailed(exception, LogName);
            ReportError(exception.Message, exception);
        }

        Services.Receivers.ReceiverStopped(_lastReport with { IsActive = false });
    }
}
