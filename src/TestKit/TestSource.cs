using CodegenStreaming.Testing;

namespace CodegenStreaming.TestKit;

/// <summary>A source of the pipeline that the test feeds, in place of the server, directory or queue that it reads in a program. Thread-safe.</summary>
/// <typeparam name="T">The record type.</typeparam>
public sealed class TestSource<T>
{
    private readonly string _description;
    private readonly Func<bool> _isStopped;
    private ProbedSource<T>? _bound;

    internal TestSource(string description, Func<bool> isStopped) => (_description, _isStopped) = (description, isStopped);

    private ProbedSource<T> Bound => _bound!;

    /// <summary>Its stream; after a restart the new context's.</summary>
    public DStream<T> Stream => Bound.Stream;

    /// <summary>True when its receiver has failed and has not been restarted.</summary>
    public bool HasFailed => Bound.HasFailed;

    /// <summary>
    /// Gives records to the next batch. Each call makes one partition of it, as each block interval does in a program; a call without records makes an
    /// empty one.
    /// </summary>
    /// <param name="records">The records, in their order.</param>
    /// <exception cref="StreamingTestException">The receiver has failed, or the test has been stopped: nobody would receive them.</exception>
    public void Add(params IEnumerable<T> records)
    {
        if (HasFailed)
        {
            throw new StreamingTestException($"{_description} is not receiving: it has failed. Call Restart before giving it records.");
        }

        if (_isStopped())
        {
            throw new StreamingTestException($"{_description} is not receiving: the context is stopped. Call RestartAsync before giving it records.");
        }

        Bound.Add([.. records]);
    }

    /// <summary>
    /// Makes its receiver fail: an error is logged and told to listeners, and nothing is received until <see cref="Restart"/>. What it has received is
    /// processed.
    /// </summary>
    /// <param name="exception">What it fails with; by default an <see cref="InjectedFaultException"/>.</param>
    public void Fail(Exception? exception = null)
    {
        try
        {
            Bound.Fail(exception ?? new InjectedFaultException($"{_description} failed because the test made it."));
        }
        catch (InvalidOperationException)
        {
            throw new StreamingTestException($"{_description} cannot fail: it is not receiving. Start the test first.");
        }
    }

    /// <summary>Starts its receiver anew after a failure.</summary>
    public void Restart()
    {
        try
        {
            Bound.Restart();
        }
        catch (InvalidOperationException)
        {
            throw new StreamingTestException($"{_description} cannot be restarted: it has not failed.");
        }
    }

    internal void Bind(ProbedSource<T> source)
    {
        if (_bound is { } before)
        {
            source.TakeOver(before);
        }

        _bound = source;
    }
}
