namespace CodegenStreaming;

public sealed partial class StreamingContext
{
    /// <summary>Calls an action once, when the context has stopped or a batch has failed; with the failure if there is one.</summary>
    internal void WhenEnded(Action<Exception?> action)
    {
        _ = CallAsync();

        async Task CallAsync()
        {
            Exception? failure = null;
            try
            {
                await _termination.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // The failure is what the action is told.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = exception;
            }

            action(failure);
        }
    }
}
