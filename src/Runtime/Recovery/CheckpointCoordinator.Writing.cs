using CodegenStreaming.Checkpoints;
using CodegenStreaming.Execution.Saving;
using CodegenStreaming.Observability;

namespace CodegenStreaming.Recovery;

/// <content>The threads that write: one for manifests, and for each capture one for its states.</content>
internal sealed partial class CheckpointCoordinator
{
    private void RequestRenewal()
    {
        lock (_lock)
        {
            _renewalIsDue = true;
        }

        _wake.Set();
    }

    /// <summary>The thread of manifests.</summary>
    private void WriteManifests()
    {
        Thread? states = null;
        try
        {
            while (true)
            {
                _wake.WaitOne();
                if (TakeRenewal())
                {
                    Retry(_setting.Lease.Renew);
                }

                if (CaptureToWrite() is { } capture)
                {
                    if (capture.Streams!.Count == 0)
                    {
                        WriteStates(capture);
                    }
                    else
                    {
                        states = new Thread(() => WriteStates(capture)) { IsBackground = true, Name = "checkpoint states" };
                        states.Start();
                    }
                }

                if (NeedsManifest())
                {
                    Retry(Publish);
                }

                lock (_lock)
                {
                    if (_isEnding)
                    {
                        return;
                    }
                }
            }
        }
#pragma warning disable CA1031 // It ends the run, which says so.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception);
        }
        finally
        {
            states?.Join();
        }
    }

    private bool TakeRenewal()
    {
        lock (_lock)
        {
            (var isDue, _renewalIsDue) = (_renewalIsDue, false);
            return isDue;
        }
    }

    private StateCapture? CaptureToWrite()
    {
        lock (_lock)
        {
            if (_capture is not { Streams: not null, IsTaken: false } capture || _batches.Completed < capture.Number)
            {
                return null;
            }

            capture.IsTaken = true;
            return capture;
        }
    }

    private bool NeedsManifest()
    {
        lock (_lock)
        {
            return _recorded < _batches.Planned || _written is { Streams.Count: > 0 };
        }
    }

    /// <summary>Writes states, on a thread of its own.</summary>
    private void WriteStates(StateCapture capture)
    {
        _setting.Log.BeginFiles();
        SavedData? written = null;
        try
        {
            var streams = new List<(StreamIdentity, SavedStream)>(capture.Streams!.Count);
            for (var index = 0; index < capture.Streams.Count; index++)
            {
                streams.Add((_setting.Keepers[index].Identity, capture.Streams[index].Write(_setting.Log.Write)));
            }

            written = new SavedData(capture.Number, streams, capture.Positions);
        }
#pragma warning disable CA1031 // The checkpoint before it stays; the next one writes what this one has not.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _setting.Log.EndFiles();
            _setting.Logger.CheckpointFailed(exception, capture.Number);
        }
        finally
        {
            foreach (var stream in capture.Streams!)
            {
                stream.Dispose();
            }
        }

        lock (_lock)
        {
            (_written, _capture) = (written, written is null ? null : capture);
        }

        _wake.Set();
        Signal();
    }

    private void Publish()
    {
        CheckpointContent content;
        lock (_lock)
        {
            if (_written is { } written)
            {
                (_data, _written, _dataIsNew) = (written, null, true);
                _batches.Save(written.Number);
                _setting.Log.EndFiles();
            }

            content = new CheckpointContent(
                (long)_setting.Grid.Interval.TotalMilliseconds, _setting.Grid.TimeOf(0).Milliseconds, _data, _batches.Planned, _batches.Completed, _batches.Completed < _attempts.Number ? _attempts : default, _batches.Batches);
            _isDirty = false;
        }

        _writer.Publish(content, _dataIsNew);
        lock (_lock)
        {
            _recorded = content.Planned;
            if (_dataIsNew)
            {
                (_dataIsNew, _capture) = (false, null);
            }
        }

        Signal();
    }

    /// <summary>Those who wait look again.</summary>
    private void Signal()
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }

    /// <summary>A store that fails for a moment is asked again; one that belongs to somebody else is not.</summary>
    private void Retry(Action act)
    {
        const int Attempts = 3;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                act();
                return;
            }
            catch (IOException exception) when (attempt < Attempts)
            {
                _setting.Logger.CheckpointRetried(exception, attempt, Attempts);
                _ended.Wait(TimeSpan.FromMilliseconds(100 * attempt));
            }
            catch (IOException exception)
            {
                throw new CheckpointException($"The checkpoint cannot be written: {exception.Message} The program cannot go on without: a restart continues where it was.", exception);
            }
        }
    }

    private void Fail(Exception exception)
    {
        lock (_lock)
        {
            _failure = exception;
        }

        _setting.Logger.CheckpointsEnded(exception);
        _fail(exception);
        Signal();
    }
}
