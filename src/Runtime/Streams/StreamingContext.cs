using CodegenStreaming.Batches;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Windows;
using CodegenStreaming.Observability;
using CodegenStreaming.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodegenStreaming;

/// <summary>
/// The entry point: makes streams, starts and stops their processing. Streams are defined by one thread; everything else is thread-safe.
/// </summary>
public sealed partial class StreamingContext : IAsyncDisposable
{
    private readonly StreamGraph _graph;
    private readonly Lazy<EngineContext> _engine;
    private readonly bool _ownsEngine;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Planner _planner;
    private readonly Termination _termination;

    /// <summary>Makes a context with an engine context of its own.</summary>
    /// <param name="options">The settings; later changes to the object have no effect.</param>
    /// <param name="timeProvider">The clock; the machine's by default. With any other, batches are made by its timers.</param>
    /// <param name="loggerFactory">Where to log; nowhere by default.</param>
    /// <param name="output">Where <c>Print</c> writes; the console by default.</param>
    /// <exception cref="ArgumentException">A setting has a value that it cannot have; the message names both.</exception>
    public StreamingContext(
        StreamingOptions options, TimeProvider? timeProvider = null, ILoggerFactory? loggerFactory = null, TextWriter? output = null)
        : this(options, null, timeProvider, loggerFactory, output)
    {
    }

    /// <summary>Makes a context over an engine context, which can be used again when this one was stopped with <c>stopEngine: false</c>.</summary>
    /// <param name="engine">
    /// The engine context. Its master, parallelism, number of task failures and storage count, not those of <paramref name="options"/>.
    /// </param>
    /// <param name="options">The settings; later changes to the object have no effect.</param>
    /// <param name="timeProvider">The clock; the machine's by default. With any other, batches are made by its timers.</param>
    /// <param name="loggerFactory">Where to log; nowhere by default.</param>
    /// <param name="output">Where <c>Print</c> writes; the console by default.</param>
    /// <exception cref="ArgumentException">A setting has a value that it cannot have; the message names both.</exception>
    /// <exception cref="ObjectDisposedException">The engine context was stopped.</exception>
    public StreamingContext(
        EngineContext engine,
        StreamingOptions options,
        TimeProvider? timeProvider = null,
        ILoggerFactory? loggerFactory = null,
        TextWriter? output = null)
        : this(options, new Lazy<EngineContext>(engine ?? throw new ArgumentNullException(nameof(engine))), timeProvider, loggerFactory, output)
    {
        ObjectDisposedException.ThrowIf(engine.IsDisposed, engine);
    }

    private StreamingContext(
        StreamingOptions options, Lazy<EngineContext>? engine, TimeProvider? timeProvider, ILoggerFactory? loggerFactory, TextWriter? output)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options.Clone();
        _graph = new StreamGraph(new BatchGrid(Options.BatchInterval));
        _ownsEngine = engine is null;
        _engine = engine ?? new Lazy<EngineContext>(() =>
            new EngineContext(
                Options.AppName,
                Options.Master,
                Options.DefaultParallelism,
                Options.MaxTaskFailures,
                Options.MaxStorageMemory,
                Options.MaxAggregationMemory,
                Options.LocalDirectory,
                loggerFactory,
                _time));
        _time = timeProvider ?? TimeProvider.System;
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger(StreamingLog.Category);
        _planner = new Planner(Options.UseGeneratedLoops, new PlanReport());
        _termination = new Termination(_time);
        Out = TextWriter.Synchronized(output ?? Console.Out);
    }

    /// <summary>The settings.</summary>
    public StreamingOptions Options { get; }

    /// <summary>What the context runs on; its task threads are started when it is first used.</summary>
    public EngineContext Engine => _engine.Value;

    /// <summary>How the streams run, as of now; before the start nothing is planned yet.</summary>
    public StreamingPlan Plan => StreamPlanning.Describe(_graph, _planner);

    internal PlanReport PlanReport => _planner.Report;

    internal StreamGraph Graph => _graph;

    /// <summary>What a test kit sees the context through; null in a program.</summary>
    internal ContextProbe? Probe { get; set; }

    internal ILogger Logger => _logger;

    /// <summary>Where <c>Print</c> writes.</summary>
    internal TextWriter Out { get; }

    /// <summary>Adds a pipeline: calls its <see cref="IStreamingPipeline.Define"/>.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <exception cref="ContextStartedException">The context has been started.</exception>
    /// <exception cref="ContextStoppedException">The context has been stopped.</exception>
    public void Add(IStreamingPipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        CheckDefinition("A pipeline");
        var outer = _graph.Defining;
        _graph.Defining = pipeline;
        try
        {
            pipeline.Define(this);
        }
        finally
        {
            _graph.Defining = outer;
        }
    }

    internal DStream<T> AddInput<T>(InputStream input, DatasetNode<T> node)
    {
        CheckDefinition("An input stream");
        _graph.AddInput(Probe?.Wrap(input, node) ?? input);
        return new DStream<T>(this, node);
    }

    internal DStream<T> AddOperator<T>(DatasetNode<T> node)
    {
        CheckDefinition("A transformation");
        _graph.Add(node);
        return new DStream<T>(this, node);
    }

    internal OutputOperation AddOutput(OutputOperation output)
    {
        CheckDefinition("An output operation");
        return _graph.AddOutput(output);
    }

    /// <summary>A window over a stream, checked before anything is defined for it.</summary>
    internal WindowRange WindowRange(DatasetNode parent, TimeSpan windowDuration, TimeSpan? slideDuration)
    {
        CheckDefinition("A transformation");
        return Execution.Windows.WindowRange.Create(_graph.Grid, parent, windowDuration, slideDuration, nameof(windowDuration), nameof(slideDuration));
    }

    /// <summary>The partitioner of an operator by key that stays the same for all batches.</summary>
    internal IPartitioner<TKey> Partitioner<TKey>(int? numPartitions) => new HashPartitioner<TKey>(numPartitions ?? Engine.DefaultParallelism);

    internal void CheckSame(StreamingContext other)
    {
        if (other != this)
        {
            throw new ArgumentException("The streams belong to different contexts.", nameof(other));
        }
    }

    internal void CheckDefinition(string what)
    {
        switch (State)
        {
            case StreamingContextState.Active:
                throw new ContextStartedException(what);
            case StreamingContextState.Stopped:
                throw new ContextStoppedException($"{what} cannot be added");
        }
    }

    /// <summary>Calls an action once, when the context has stopped or a batch has failed; with the failure if there is one.</summary>
    internal void WhenEnded(Action<Exception?> action) => _termination.WhenEnded(action);
}
