using CodegenStreaming.Testing;

namespace CodegenStreaming.TestKit;

/// <summary>
/// A pipeline under virtual time, driven in steps: give its sources records, advance by a batch, expect what comes out. A step returns when the batch is
/// done, so a test waits for nothing in between and sleeps nowhere. Each test has an engine of its own: any number of them run at once. Expectations
/// that are not met throw <see cref="StreamingTestException"/>, which every test framework reports.
/// </summary>
/// <remarks>
/// Servers and directories are never touched unless <see cref="KeepSources"/> says so: sources that would read them give what the test gives them. Queues,
/// channels and sequences, which the test itself has handed to the pipeline, are read as in a program until <see cref="Source"/> asks for them.
/// One thread at a time uses a test.
/// </remarks>
public sealed partial class StreamingTest : IAsyncDisposable
{
    private readonly StreamingTestOptions _options;
    private readonly Action<StreamingContext>? _define;
    private readonly RealTimeLimit _limit;
    private readonly BatchProgress _progress;
    private readonly StringWriter _printed = new();

    /// <summary>Makes a test in which nothing is defined: define streams on <see cref="Streaming"/>, with sources from <see cref="AddSource"/>.</summary>
    /// <param name="options">How it runs; null for the defaults.</param>
    public StreamingTest(StreamingTestOptions? options = null)
        : this(options ?? new StreamingTestOptions(), null)
    {
    }

    /// <summary>Makes a test of a pipeline.</summary>
    /// <param name="pipeline">The pipeline; a restart defines it once more.</param>
    /// <param name="options">How it runs; null for the defaults.</param>
    public StreamingTest(IStreamingPipeline pipeline, StreamingTestOptions? options = null)
        : this(options ?? new StreamingTestOptions(), streaming => streaming.Add(pipeline))
    {
    }

    /// <summary>Makes a test of a pipeline that is made anew for a restart.</summary>
    /// <param name="pipeline">Makes the pipeline.</param>
    /// <param name="options">How it runs; null for the defaults.</param>
    public StreamingTest(Func<IStreamingPipeline> pipeline, StreamingTestOptions? options = null)
        : this(options ?? new StreamingTestOptions(), streaming => streaming.Add(pipeline()))
    {
    }

    /// <summary>Makes a test of what a function defines: several pipelines, streams, listeners.</summary>
    /// <param name="define">Defines it; called again for a restart.</param>
    /// <param name="options">How it runs; null for the defaults.</param>
    public StreamingTest(Action<StreamingContext> define, StreamingTestOptions? options = null)
        : this(options ?? new StreamingTestOptions(), define ?? throw new ArgumentNullException(nameof(define)))
    {
    }

    private StreamingTest(StreamingTestOptions options, Action<StreamingContext>? define)
    {
        (_define, _options) = (define, options);
        _limit = new RealTimeLimit(options.Timeout);
        _progress = BatchProgress.From(options.StartTime, options.Streaming.BatchInterval);
        Time = new VirtualTime(options.StartTime);
        Define();
    }

    /// <summary>The clock of everything in the test; it stands still but for its steps.</summary>
    public VirtualTime Time { get; }

    /// <summary>The context under test; another one after a restart.</summary>
    public StreamingContext Streaming { get; private set; }

    /// <summary>What <c>Print</c> has written.</summary>
    public string Printed => _printed.ToString();

    /// <summary>Everything that failed in batches so far, expected or not.</summary>
    public IReadOnlyList<BatchFailure> Failures => _progress.Failures;

    /// <summary>The time of a batch.</summary>
    /// <param name="number">The batch's number since the test began, from one.</param>
    public BatchTime BatchTimeOf(int number) => _progress.TimeOf(number);

    /// <summary>A source of the pipeline, to be fed by the test.</summary>
    /// <param name="name">
    /// The name that the stream was given by <c>Named</c>, or the method that made it, such as <c>SocketTextStream</c>; null for the only source with
    /// records of this type.
    /// </param>
    /// <typeparam name="T">The record type.</typeparam>
    /// <exception cref="StreamingTestException">There is no such source, or more than one; the message lists them all. Or the test has begun.</exception>
    public TestSource<T> Source<T>(string? name = null)
    {
        CheckNotStarted("Sources are chosen");
        return Feed<T>(StreamChoice.Source(_probe, name, typeof(T)));
    }

    /// <summary>A source of the test's own, for streams that it defines itself.</summary>
    /// <param name="name">A name for it; null for none.</param>
    /// <typeparam name="T">The record type.</typeparam>
    public TestSource<T> AddSource<T>(string? name = null)
    {
        CheckNotStarted("Sources are chosen");
        var stream = Streaming.QueueStream(new Queue<T[]>());
        if (name is not null)
        {
            stream.Named(name);
        }

        return Feed<T>(_probe.Sources[^1]);
    }

    /// <summary>Lets sources that read from outside the process do so in the test, too.</summary>
    /// <param name="name">The stream's name, or the method that made the sources, such as <c>TextFileStream</c>; null for all sources.</param>
    /// <exception cref="StreamingTestException">There is no such source; the message lists them all. Or the test has begun.</exception>
    public void KeepSources(string? name = null)
    {
        CheckNotStarted("Sources are chosen");
        foreach (var source in StreamChoice.Sources(_probe, name))
        {
            Bind(source, static (probe, found) => probe.Keep(found));
        }
    }

    /// <summary>Records the batches of an output or a stream of the pipeline.</summary>
    /// <param name="name">
    /// The name that it was given by <c>Named</c>, or the method that made it, such as <c>Print</c> or <c>ReduceByKey</c>; null for the only output. Of an
    /// output its records are those of the stream that it reads, and they are recorded before it runs.
    /// </param>
    /// <typeparam name="T">The record type.</typeparam>
    /// <exception cref="StreamingTestException">There is none, or more than one; the message lists them all. Or the test has begun.</exception>
    public CapturedStream<T> Capture<T>(string? name = null)
    {
        CheckNotStarted("Streams are captured");
        return Capture<T>(StreamChoice.Captured(_probe, name, typeof(T)));
    }

    /// <summary>Records the batches of a stream.</summary>
    /// <param name="stream">A stream of this test's context.</param>
    /// <typeparam name="T">The record type.</typeparam>
    public CapturedStream<T> Capture<T>(DStream<T> stream)
    {
        CheckNotStarted("Streams are captured");
        return Capture<T>(_probe.Describe(stream));
    }

    private CapturedStream<T> Capture<T>(ProbedStream stream)
    {
        var captured = new CapturedStream<T>(StreamChoice.Describe(stream), _progress);
        Bind(stream, (probe, found) => probe.Capture<T>(found, captured.Add));
        return captured;
    }

    private TestSource<T> Feed<T>(ProbedStream stream)
    {
        var source = new TestSource<T>(StreamChoice.Describe(stream), () => Streaming.State == StreamingContextState.Stopped);
        Bind(stream, (probe, found) => source.Bind(probe.Feed<T>(found)));
        return source;
    }
}
