using CodegenStreaming.Execution.Saving;

namespace CodegenStreaming.Recovery;

/// <summary>
/// Which batches states are captured after. One checkpoint of states is made at a time; when it is written, the next one is made after the next batch that nobody has
/// begun: a program that is far behind goes on from where it was killed, and not from where it was when it began to catch up.
/// </summary>
internal sealed partial class CheckpointCoordinator
{
    /// <summary>Where inputs have come to with batches that were made and not begun, and after which states may be captured.</summary>
    private readonly SortedDictionary<long, List<(StreamIdentity, ReadOnlyMemory<byte>)>> _positions = [];

    /// <summary>The last batch of which something runs or has run.</summary>
    private long _begun;
    private StateCapture? _capture;

    /// <summary>True while the streams are told of the capture: no later batch is begun meanwhile.</summary>
    private bool _isExpecting;

    /// <summary>A batch begins, on a job thread, or another job of it does. None may be computed before this returns.</summary>
    public void Begin(long number)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (TakeCapture(number))
                {
                    break;
                }

                if (!_isExpecting || _capture is not { } expected || number <= expected.Number)
                {
                    return;
                }

                changed = _changed.Task;
            }

            changed.GetAwaiter().GetResult();
        }

        foreach (var (keeper, _) in _setting.Keepers)
        {
            keeper.ExpectCapture(_setting.Grid.TimeOf(number));
        }

        lock (_lock)
        {
            _isExpecting = false;
        }

        Signal();
    }

    /// <summary>A batch's share of the states has been computed, or not. On a job thread, before the batch is complete.</summary>
    public void Capture(long number, bool hasFailed)
    {
        StateCapture capture;
        lock (_lock)
        {
            if (_capture is not { Streams: null } expected || expected.Number != number)
            {
                return;
            }

            capture = expected;
        }

        CapturedStream?[] streams = [.. _setting.Keepers.Select(keeper => keeper.Keeper.Capture(number))];
        lock (_lock)
        {
            if (hasFailed || Array.Exists(streams, static stream => stream is null))
            {
                Array.ForEach(streams, static stream => stream?.Dispose());
                _capture = null;
            }
            else
            {
                capture.Streams = streams!;
            }
        }

        _wake.Set();
        Signal();
    }

    /// <summary>States may be captured after a batch that was made. Under the lock.</summary>
    private void PlanCapture(long number)
    {
        if (number % _setting.Every != 0 || _isEnding || _hasFailedBatch || _failure is not null)
        {
            return;
        }

        if (_setting.Keepers.Count > 0)
        {
            _positions.Add(number, Positions());
        }
        else
        {
            _capture ??= new StateCapture(number, Positions()) { Streams = [] };
        }
    }

    /// <summary>Whether states are captured after a batch that begins. Under the lock.</summary>
    private bool TakeCapture(long number)
    {
        if (number <= _begun)
        {
            return false;
        }

        _begun = number;
        _positions.Remove(number, out var positions);
        while (_positions.Count > 0 && _positions.Keys.First() is var passed && passed < number)
        {
            _positions.Remove(passed);
        }

        if (positions is null || _capture is not null || _isEnding || _hasFailedBatch || _failure is not null)
        {
            return false;
        }

        (_capture, _isExpecting) = (new StateCapture(number, positions), true);
        return true;
    }
}
