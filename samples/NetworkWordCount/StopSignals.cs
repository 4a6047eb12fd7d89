using System.Runtime.InteropServices;

namespace CodegenStreaming.Samples;

/// <summary>Ctrl+C, and the signal by which a service is stopped.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _second = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public StopSignals()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Take);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take);
    }

    /// <summary>Completes at the first signal.</summary>
    public Task First => _first.Task;

    /// <summary>Completes at the second one.</summary>
    public Task Second => _second.Task;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }

    private void Take(PosixSignalContext signal)
    {
        signal.Cancel = true; // The program ends itself, with exit code 0.
        if (!_first.TrySetResult())
        {
            _second.TrySetResult();
        }
    }
}
