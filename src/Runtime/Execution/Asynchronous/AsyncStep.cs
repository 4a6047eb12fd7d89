using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace CodegenStreaming.Execution.Asynchronous;

/// <summary>
/// An asynchronous step in one task. The task's thread reads the records, begins their calls and hands on the results; a call that does not end at once goes
/// on wherever its function does, and wakes the thread when it is done. A task has at most <c>MaxConcurrency</c> records on their way.
/// </summary>
internal sealed class AsyncStep<TIn, TResult> : IDisposable
{
    private readonly AsyncFunction<TIn, TResult> _function;
    private readonly AsyncStepOptions _options;
    private readonly AsyncLimit _limit;
    private readonly AsyncNotes<TIn, TResult> _notes;
    private readonly TimeProvider _time;
    private readonly CancellationToken _batch;
    private readonly CancellationTokenSource _stopping;
    private readonly Stack<AsyncCall<TIn, TResult>> _idle = new();

    /// <summary>The records on their way, in their order; where results are given as they come, only the done ones, in the order in which they came.</summary>
    private readonly Queue<AsyncCall<TIn, TResult>>? _inOrder;
    private readonly ConcurrentQueue<AsyncCall<TIn, TResult>>? _done;

    private readonly Func<bool> _canGoOn;
    private int _onTheirWay;
    private int _running;
    private volatile bool _hasFailed;
    private bool _hasRecord;
    private bool _hasRead;

    private AsyncStep(AsyncFunction<TIn, TResult> function, TaskScope task, AsyncNotes<TIn, TResult> notes)
    {
        (_function, _options, _limit, _notes) = (function, function.Options, function.Limit, notes);
        (_time, _batch) = (task.Scope.Engine.Time, task.Cancellation);
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(_batch);
        _canGoOn = () => HasDone || (CanBegin && _limit.HasPlace);
        if (_options.Ordered)
        {
            _inOrder = new Queue<AsyncCall<TIn, TResult>>();
        }
        else
        {
            _done = new ConcurrentQueue<AsyncCall<TIn, TResult>>();
        }
    }

    /// <summary>The records with their results, calculated while they are read. Whoever leaves early cancels the calls that still run, and waits for their end.</summary>
    public static IEnumerable<(TIn Record, TResult Result)> Run(
        AsyncFunction<TIn, TResult> function, TaskScope task, int partition, IEnumerable<TIn> records)
    {
        var notes = new AsyncNotes<TIn, TResult>(function.Node, partition);
        task.Keep(notes);
        using var source = records.GetEnumerator();
        using var step = new AsyncStep<TIn, TResult>(function, task, notes);
        while (true)
        {
            while (step.TryRead(source))
            {
                if (step.TryBegin(source.Current, out var atOnce))
                {
                    yield return step.HandOn(atOnce);
                }
            }

            if (step.TryTake() is { } done)
            {
                yield return step.HandOn(done);
            }
            else if (step._hasRead && step._onTheirWay == 0)
            {
                yield break;
            }
            else
            {
                step._limit.Wait(step._canGoOn);
            }
        }
    }

    /// <summary>Ends what still runs.</summary>
    public void Dispose()
    {
        if (Volatile.Read(ref _running) > 0)
        {
            try
            {
                _stopping.Cancel();
            }
            catch (AggregateException)
            {
                // Of what the function has registered with its token; the call itself says what became of it.
            }

            _limit.Wait(() => Volatile.Read(ref _running) == 0);
        }

        foreach (var call in _idle)
        {
            call.Dispose();
        }

        _stopping.Dispose();
    }

    private bool HasDone => _inOrder is null ? !_done!.IsEmpty : _inOrder.TryPeek(out var first) && first.IsDone;

    /// <summary>After a failure no further call is begun: the task is going to fail when those before it are handed on.</summary>
    private bool CanBegin => !_hasRead && !_hasFailed && _onTheirWay < _options.MaxConcurrency;

    /// <summary>Takes a record, and then a place for its call: no place is held while the records before are computed.</summary>
    private bool TryRead(IEnumerator<TIn> source)
    {
        _batch.ThrowIfCancellationRequested();
        if (!CanBegin)
        {
            return false;
        }

        if (!_hasRecord)
        {
            _notes.Reads++;
            _hasRecord = source.MoveNext();
            _hasRead = !_hasRecord;
        }

        if (!_hasRecord || !_limit.TryEnter())
        {
            return false;
        }

        _hasRecord = false;
        return true;
    }

    /// <summary>Begins a call; true where its result is there and next in turn, as it is where a cache answers: then nothing is queued and nobody waits.</summary>
    private bool TryBegin(TIn record, out AsyncCall<TIn, TResult> call)
    {
        call = _idle.TryPop(out var idle) ? idle : new AsyncCall<TIn, TResult>();
        (call.Record, call.Failure, call.IsDone) = (record, null, false);
        var attempt = Attempt(call);
        var isInTurn = false;
        if (attempt.IsCompletedSuccessfully)
        {
            call.Result = attempt.Result;
            call.IsDone = true;
            _limit.Leave();
            isInTurn = _inOrder is null || _onTheirWay == 0;
        }
        else
        {
            Interlocked.Increment(ref _running);
            _ = FinishAsync(call, attempt);
        }

        if (!isInTurn)
        {
            _onTheirWay++;
            _inOrder?.Enqueue(call);
        }

        return isInTurn;
    }

    private AsyncCall<TIn, TResult>? TryTake()
    {
        AsyncCall<TIn, TResult>? call = null;
        if (_inOrder is null ? _done!.TryDequeue(out call) : HasDone && _inOrder.TryDequeue(out call))
        {
            _onTheirWay--;
        }

        return call;
    }

    private (TIn Record, TResult Result) HandOn(AsyncCall<TIn, TResult> call)
    {
        if (call.Failure is { } failure)
        {
            _batch.ThrowIfCancellationRequested();
            _notes.Failure = failure;
            ExceptionDispatchInfo.Throw(failure);
        }

        var (record, result) = (call.Record!, call.Result!);
        _notes.HandOn(record, result);
        _idle.Push(call);
        return (record, result);
    }

    /// <summary>One attempt; an exception that is thrown before the function returns is like one that comes later.</summary>
    private ValueTask<TResult> Attempt(AsyncCall<TIn, TResult> call)
    {
        try
        {
            return _function.Invoke(call.Record!, _options.Timeout is null ? _stopping.Token : call.TokenOfAttempt(_stopping.Token));
        }
#pragma warning disable CA1031 // Whatever a user's function throws belongs to its call.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return ValueTask.FromException<TResult>(exception);
        }
    }

    /// <summary>Sees a call through to its end, with its attempts. Never throws.</summary>
    private async Task FinishAsync(AsyncCall<TIn, TResult> call, ValueTask<TResult> attempt)
    {
        try
        {
            call.Result = await WithRetriesAsync(call, attempt).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a user's function throws belongs to its call.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            call.Failure = exception;
            _hasFailed = true;
        }

        call.IsDone = true;
        _done?.Enqueue(call);
        Interlocked.Decrement(ref _running);
        _limit.Leave();
    }

    private async ValueTask<TResult> WithRetriesAsync(AsyncCall<TIn, TResult> call, ValueTask<TResult> attempt)
    {
        for (var number = 1; ; number++)
        {
            try
            {
                return _options.Timeout is { } timeout && !attempt.IsCompleted
                    ? await WithinAsync(timeout, call, attempt.AsTask()).ConfigureAwait(false)
                    : await attempt.ConfigureAwait(false);
            }
            catch (Exception exception) when (IsWorthAnother(number, exception))
            {
            }

            await Task.Delay(_options.DelayAfter(number), _time, _stopping.Token).ConfigureAwait(false);
            attempt = Attempt(call);
        }
    }

    private async ValueTask<TResult> WithinAsync(TimeSpan timeout, AsyncCall<TIn, TResult> call, Task<TResult> result)
    {
        try
        {
            return await result.WaitAsync(timeout, _time).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!result.IsCompleted)
        {
        }

        // A function that heeds its token ends now, and until it has, it counts. One that does not must not hold up the batch for ever.
        await call.CancelAttemptAsync().ConfigureAwait(false);
        await ((Task)result).WaitAsync(timeout, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        throw new TimeoutException($"A call of {_function.Node.Describe()} was not done within {timeout}.");
    }

    private bool IsWorthAnother(int attempts, Exception exception) =>
        attempts < _options.MaxAttempts && !_stopping.IsCancellationRequested && (_options.RetryOn?.Invoke(exception) ?? true);
}
