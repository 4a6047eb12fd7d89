using CodegenStreaming.Batches;
using CodegenStreaming.Checkpoints;
using CodegenStreaming.Execution.Saving;
using CodegenStreaming.Observability;

namespace CodegenStreaming.Recovery;

/// <summary>
/// Writes checkpoints while batches run. What a batch got from inputs that can be read again is written down before its outputs run; states are captured between
/// two batches, on a job thread and at no cost, and written by a thread of their own; manifests by another one, so that no batch waits for a state. Thread-safe.
/// </summary>
internal sealed partial class CheckpointCoordinator : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly CheckpointSetting _setting;
    private readonly ManifestWriter _writer;
    private readonly BatchLog _batches;
    private readonly BatchAttempts _attempts;
    private readonly long _restoredUntil;
    private readonly Thread _thread;
    private readonly CatchUpProgress? _catchUp;
    private readonly Action<Exception> _fail;
    private readonly ITimer _renewal;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SavedData _data;

    /// <summary>States that have been written and that no manifest names yet.</summary>
    private SavedData? _written;

    /// <summary>True while the states are newer than those of the last manifest.</summary>
    private bool _dataIsNew;
    private long _recorded;
    private bool _isDirty;
    private bool _isEnding;
    private bool _renewalIsDue;
    private bool _hasFailedBatch;
    private Exception? _failure;

    /// <param name="setting">What they are made of.</param>
    /// <param name="writer">Writes manifests.</param>
    /// <param name="content">What the last checkpoint says.</param>
    /// <param name="catchUp">How far the program has come; null where there is nothing to catch up.</param>
    /// <param name="fail">Ends the run: it must do nothing more.</param>
    public CheckpointCoordinator(CheckpointSetting setting, ManifestWriter writer, CheckpointContent content, CatchUpProgress? catchUp, Action<Exception> fail)
    {
        _catchUp = catchUp;
        (_setting, _writer, _data, _attempts, _fail) = (setting, writer, content.Data, content.Attempts, fail);
        _batches = new BatchLog(content.Data.Number, content.Planned, content.Completed, content.Batches);
        _restoredUntil = _recorded = content.Planned;
        CompletedBefore = content.Completed;
        _thread = new Thread(WriteManifests) { IsBackground = true, Name = "checkpoints" };
        _renewal = setting.Time.CreateTimer(_ => RequestRenewal(), null, setting.RenewEvery, setting.RenewEvery);
    }

    /// <summary>The batches up to this one were done before the restart: their outputs do not run again.</summary>
    public long CompletedBefore { get; }

    /// <summary>In how many runs of the program, this one included, a batch was begun.</summary>
    public int AttemptsOf(long number) => _attempts.Number == number ? _attempts.Count + 1 : 1;

    /// <summary>
    /// Whether an output runs in a batch: not where the batch was done before the restart, nor where it was made before and the output's records came from an input
    /// that cannot be read again, since what was put out of them then would be replaced by nothing.
    /// </summary>
    public bool Runs(OutputOperation output, long number) =>
        number > _restoredUntil || (number > CompletedBefore && output.Node.Leaves().All(leaf => leaf.IsLeftOver || _setting.Inputs.Any(input => input.Input.Node == leaf)));

    /// <summary>
    /// The inputs are ready, the batch times are known, and no batch has been made. Where there is no checkpoint yet the first is written: a restart begins at the
    /// same time and with the same records.
    /// </summary>
    /// <exception cref="CheckpointException">It cannot be written.</exception>
    public void Begin(bool isFirst)
    {
        if (isFirst)
        {
            _data = _data with { Inputs = Positions() };
            Retry(Publish);
        }
        else if (_data.Inputs.Any(static input => input.Positions.IsEmpty))
        {
            // An input that the earlier run had not begins now: another restart begins it at the same place.
            _data = _data with { Inputs = [.. _data.Inputs.Zip(Positions(), static (saved, now) => saved.Positions.IsEmpty ? now : saved)] };
            Retry(Publish);
        }

        _thread.Start();
    }

    /// <summary>What an input gave to a batch before the restart; null for a batch that is made for the first time.</summary>
    public ReadOnlyMemory<byte>? PlanOf(long number, InputStream input)
    {
        if (number > _restoredUntil)
        {
            return null;
        }

        var index = IndexOf(input);
        lock (_lock)
        {
            foreach (var (of, plan) in _batches.Find(number)?.Plans ?? [])
            {
                if (of == index)
                {
                    return plan;
                }
            }
        }

        return ReadOnlyMemory<byte>.Empty;
    }

    /// <summary>The inputs have given to a batch. Called by the batch clock, before anything of the batch runs.</summary>
    public void Plan(long number)
    {
        lock (_lock)
        {
            if (number > _restoredUntil)
            {
                _batches.SkipTo(number);
                _batches.Plan(number, [.. _setting.Inputs
                    .Select(static (input, index) => (index, ((IReplayableInput)input.Input).Plan))
                    .Where(static plan => !plan.Plan.IsEmpty)]);
            }

            PlanCapture(number);
        }

        if (number > _restoredUntil)
        {
            _wake.Set();
        }
    }

    /// <summary>Waits until what a batch got is written down: its outputs may run. On a job thread.</summary>
    /// <exception cref="CheckpointException">It cannot be written.</exception>
    public void AwaitRecorded(long number)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_failure is not null)
                {
                    throw new CheckpointException("The batch was not run, since what it got could not be written down before. A restart goes on with this batch.", _failure);
                }

                if (_recorded >= number)
                {
                    return;
                }

                changed = _changed.Task;
            }

            changed.GetAwaiter().GetResult();
        }
    }

    /// <summary>Completes when what the batches so far have given to be written is written, or given up. Of batches that are done.</summary>
    public async Task WaitUntilWrittenAsync()
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_failure is not null || _isEnding || ((_capture is null || _written is { Streams.Count: 0 }) && _recorded >= _batches.Planned))
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.ConfigureAwait(false);
        }
    }

    /// <summary>A batch is done.</summary>
    /// <param name="number">The batch.</param>
    /// <param name="hasFailed">Whether something of it was not computed or put out.</param>
    /// <param name="isCancelled">Whether that was because the program is being stopped.</param>
    public void Complete(long number, bool hasFailed, bool isCancelled)
    {
        lock (_lock)
        {
            if (hasFailed)
            {
                StopAtFailed(number, isCancelled);
                return;
            }

            _batches.Complete(number);
            _catchUp?.Report(_batches.Completed);
            _isDirty = true;
            if (_capture is not { Streams: not null } capture || _batches.Completed < capture.Number)
            {
                return;
            }
        }

        _wake.Set();
    }

    /// <summary>No checkpoint passes a batch that has failed: a restart runs it again, from the states before it.</summary>
    private void StopAtFailed(long number, bool isCancelled)
    {
        if (_hasFailedBatch)
        {
            return;
        }

        _hasFailedBatch = true;
        if (!isCancelled)
        {
            _setting.Logger.CheckpointsStopAtFailed(_setting.Grid.TimeOf(number).Milliseconds);
        }

        if (_capture is { IsTaken: false } capture && capture.Number >= number)
        {
            foreach (var stream in capture.Streams ?? [])
            {
                stream.Dispose();
            }

            _capture = null;
        }
    }

    /// <summary>All batches are done or given up. Writes the last checkpoint and gives the lease up. Not on a thread that batches need.</summary>
    /// <param name="saves">True to save the states as they are now, so that a restart runs no batch again.</param>
    public void End(bool saves)
    {
        lock (_lock)
        {
            _isEnding = true;
        }

        _ended.Set();
        _wake.Set();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }

        _renewal.Dispose();
        if (_failure is null)
        {
            try
            {
                EndWell(saves);
            }
#pragma warning disable CA1031 // The checkpoint before it counts; the run is over.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _setting.Logger.CheckpointFailed(exception, _batches.Planned);
            }
        }
    }

    public void Dispose()
    {
        _ended.Dispose();
        _wake.Dispose();
    }

    private void EndWell(bool saves)
    {
        if (CaptureToWrite() is { } pending)
        {
            WriteStates(pending); // The thread ended before it came to it. What has changed until then is in it alone, and in no later capture.
        }
        else if (_capture is { IsTaken: false, Streams: { } streams })
        {
            foreach (var stream in streams)
            {
                stream.Dispose(); // Its batch was not done: the next capture has what this one had.
            }
        }

        if (saves && _batches.Completed == _batches.Planned && _data.Number < _batches.Planned)
        {
            var capture = new StateCapture(_batches.Planned, Positions());
            CapturedStream?[] captured = [.. _setting.Keepers.Select(keeper => keeper.Keeper.Capture(capture.Number))];
            if (Array.Exists(captured, static stream => stream is null))
            {
                Array.ForEach(captured, static stream => stream?.Dispose());
            }
            else
            {
                capture.Streams = captured!;
                WriteStates(capture);
            }
        }

        if (_isDirty || _written is not null)
        {
            Publish();
        }

        _setting.Lease.Release();
    }

    private List<(StreamIdentity, ReadOnlyMemory<byte>)> Positions() =>
        [.. _setting.Inputs.Select(static input => (input.Identity, (ReadOnlyMemory<byte>)((IReplayableInput)input.Input).SavePositions()))];

    private int IndexOf(InputStream input)
    {
        for (var index = 0; index < _setting.Inputs.Count; index++)
        {
            if (_setting.Inputs[index].Input == input)
            {
                return index;
            }
        }

        return -1;
    }
}
