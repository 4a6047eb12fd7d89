using System.Diagnostics;
using System.Globalization;

namespace CodegenStreaming.TestKit;

/// <summary>How long a test waits in real time, so that what never happens is reported and does not hang.</summary>
internal sealed class RealTimeLimit(TimeSpan limit)
{
    /// <summary>Waits for what another thread does.</summary>
    /// <param name="happening">Completes when it has happened.</param>
    /// <param name="describe">What was waited for and how things stand, as a sentence's end.</param>
    /// <exception cref="StreamingTestException">The limit has passed.</exception>
    public async Task WaitAsync(Task happening, Func<string> describe)
    {
        try
        {
            await happening.WaitAsync(Debugger.IsAttached ? Timeout.InfiniteTimeSpan : limit).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!happening.IsCompleted)
        {
            throw new StreamingTestException(string.Create(CultureInfo.InvariantCulture, $"After {limit.TotalSeconds:0.###} s of real time {describe()}"));
        }
    }
}
