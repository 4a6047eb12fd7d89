namespace CodegenStreaming.TestKit;

public sealed partial class StreamingTest
{
    /// <summary>Real time after which the end of a test no longer waits for functions that wait for virtual time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan StopLimits = TimeSpan.FromSeconds(15);

    /// <summary>Starts the context. The first step does so, too; call it where something has to happen between start and first batch.</summary>
    public void Start()
    {
        switch (Streaming.State)
        {
            case StreamingContextState.Initialized:
                Streaming.Start();
                break;
            case StreamingContextState.Stopped:
                throw new StreamingTestException("The context is stopped. Call RestartAsync to go on with a new one.");
        }
    }

    /// <summary>Advances the clock to the next batch time and returns when that batch is done and listeners have been told.</summary>
    /// <returns>The batch's time.</returns>
    /// <exception cref="StreamingTestException">Something failed in the batch (to expect that, call <see cref="ExpectFailureAsync"/>), or it took too long.</exception>
    public async Task<BatchTime> AdvanceAsync()
    {
        var time = await StepAsync().ConfigureAwait(false);
        ThrowFailures();
        return time;
    }

    /// <summary>The same for several batches, one after another.</summary>
    /// <param name="batches">How many, at least one.</param>
    /// <returns>The last batch's time.</returns>
    public async Task<BatchTime> AdvanceAsync(int batches)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batches, 1);
        for (var batch = 1; batch < batches; batch++)
        {
            await AdvanceAsync().ConfigureAwait(false);
        }

        return await AdvanceAsync().ConfigureAwait(false);
    }

    /// <summary>Advances by a batch, as <see cref="AdvanceAsync()"/>, and expects it to fail.</summary>
    /// <param name="operatorName">
    /// Where: the operator whose function throws, such as <c>Map</c>, or the method that made the output or source for a function that does not run in
    /// tasks, such as <c>ForeachRdd</c>; or its name given by <c>Named</c>. Null for anywhere.
    /// </param>
    /// <returns>The failure; the first one where there are several.</returns>
    /// <exception cref="StreamingTestException">The batch did not fail, or not there.</exception>
    public async Task<BatchFailure> ExpectFailureAsync(string? operatorName = null)
    {
        var time = await StepAsync().ConfigureAwait(false);
        var failures = _progress.TakeFailures();
        var expected = operatorName is null ? "to fail" : $"to fail in {operatorName}";
        if (failures.Count == 0)
        {
            throw new StreamingTestException($"Expected {_progress.Describe(time)} {expected}; it did not fail.");
        }

        return failures.FirstOrDefault(failure => operatorName is null || failure.OperatorName == operatorName || failure.StreamName == operatorName)
            ?? throw new StreamingTestException(
                $"Expected {_progress.Describe(time)} {expected}; it failed elsewhere.\n{Report(failures)}", failures[0].Exception);
    }

    /// <summary>Stops the context.</summary>
    /// <param name="graceful">True (the default) to process first what was received, in as many batches as that takes; false to drop it.</param>
    /// <exception cref="StreamingTestException">Something failed in those batches, or the stop took too long.</exception>
    public async Task StopAsync(bool graceful = true)
    {
        var stopping = Streaming.StopAsync(graceful, stopEngine: _options.Engine is null);
        while (graceful && await IsWaitingForBatchAsync(stopping).ConfigureAwait(false))
        {
            _probe.MakesBatchOfStop();
            await StepAsync().ConfigureAwait(false);
        }

        await _limit.WaitAsync(stopping, () => $"the context has not stopped{DescribeRunning()}").ConfigureAwait(false);
        ThrowFailures();
    }

    /// <summary>
    /// Ends the context as if its process had been killed: what was received is lost, and from this moment on nothing is written to its checkpoints, not even of a batch
    /// that is under way. <see cref="RestartAsync"/> goes on from what had been written.
    /// </summary>
    /// <exception cref="StreamingTestException">Something failed in a batch under way, or the context has not stopped within the time-out.</exception>
    public Task CrashAsync()
    {
        _checkpoints.Cut();
        return StopAsync(graceful: false);
    }

    /// <summary>
    /// Goes on with a new context of the same definition, under the same clock, as a program does that is started again. One that still runs crashes first. Sources and
    /// captured streams belong to the new context from here on. Where the test keeps checkpoints, the batches that are run again, and those of times that have passed
    /// meanwhile, are done when this returns; those that are run again are captured once more.
    /// </summary>
    /// <exception cref="StreamingTestException">Streams were defined outside the function or pipeline that was given to the constructor, or something failed in those batches.</exception>
    public async Task RestartAsync()
    {
        await (Streaming.State == StreamingContextState.Active ? CrashAsync() : StopAsync(graceful: false)).ConfigureAwait(false);
        DefineAgain();
        Start();
        if (Streaming.IsRestored && _probe.LastBatch >= _progress.TimeOf(1))
        {
            await FinishAsync(_probe.LastBatch).ConfigureAwait(false);
            ThrowFailures();
        }
    }

    /// <summary>Stops at once. Functions that wait for virtual time are let out of it.</summary>
    /// <exception cref="StreamingTestException">The context has not stopped within the time-out.</exception>
    public async ValueTask DisposeAsync()
    {
        var stopping = Streaming.DisposeAsync().AsTask();
        for (var waited = TimeSpan.Zero; waited < _options.Timeout && !stopping.IsCompleted; waited += Patience)
        {
            if (await Task.WhenAny(stopping, Task.Delay(Patience, TimeProvider.System)).ConfigureAwait(false) != stopping)
            {
                Time.Advance(StopLimits);
            }
        }

        await _limit.WaitAsync(stopping, () => $"the context has not stopped{DescribeRunning()}").ConfigureAwait(false);
        await _printed.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<BatchTime> StepAsync()
    {
        Start();
        Time.Advance(_progress.UntilNext(Time.GetUtcNow()));
        var time = _probe.LastBatch;
        await FinishAsync(time).ConfigureAwait(false);
        return time;
    }

    private async Task FinishAsync(BatchTime time)
    {
        await _limit.WaitAsync(_probe.WaitForBatchAsync(time), () => $"{_progress.Describe(time)} is not done{DescribeRunning()}").ConfigureAwait(false);
        _progress.Reach(time);
    }

    /// <summary>False when the stop is complete.</summary>
    private async Task<bool> IsWaitingForBatchAsync(Task stopping)
    {
        if (Streaming.State != StreamingContextState.Active)
        {
            return false;
        }

        var waiting = Task.WhenAny(stopping, _probe.WaitForStopAsync());
        await _limit.WaitAsync(waiting, () => $"the graceful stop has neither ended nor asked for a batch{DescribeRunning()}").ConfigureAwait(false);
        return await waiting.ConfigureAwait(false) != stopping;
    }

    private void ThrowFailures()
    {
        var failures = _progress.TakeFailures();
        if (failures.Count > 0)
        {
            throw new StreamingTestException(Report(failures), failures[0].Exception);
        }
    }

    private string Report(IReadOnlyList<BatchFailure> failures) =>
        string.Join('\n', failures.Select(failure => $"{failure.Place} failed in {_progress.Describe(failure.BatchTime)}: {Reason(failure.Exception)}"));

    private static string Reason(Exception exception) =>
        exception is StreamingTaskException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}";

    private string DescribeRunning()
    {
        var running = _probe.Running;
        return running.Count == 0
            ? "."
            : $": {string.Join(", ", running.Select(one => $"{StreamChoice.Describe(one.Output)} of {_progress.Describe(one.BatchTime)}"))} is running. "
                + "If a function waits for time to pass, advance Time while the step is under way.";
    }
}
