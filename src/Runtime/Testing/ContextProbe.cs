using System.ComponentModel;
using CodegenStreaming.Batches;
using CodegenStreaming.Execution;

namespace CodegenStreaming.Testing;

/// <summary>
/// For test kits: sees what a streaming context is made of, gives its sources records, reads its streams, makes its tasks fail, waits for its batches.
/// Attached before anything is defined in the context; a context without one does nothing of this. Thread-safe once the context has been started.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ContextProbe
{
    private readonly StreamingContext _streaming;
    private readonly OutputWatch _outputs = new();

    private ContextProbe(StreamingContext streaming) => _streaming = streaming;

    /// <summary>Puts a probe to a context in which nothing has been defined.</summary>
    /// <exception cref="InvalidOperationException">Something has been defined, or the context has a probe.</exception>
    public static ContextProbe Attach(StreamingContext streaming)
    {
        ArgumentNullException.ThrowIfNull(streaming);
        if (streaming.Graph.Nodes.Count > 0 || streaming.Probe is not null)
        {
            throw new InvalidOperationException("A probe is attached once, and before anything is defined.");
        }

        return streaming.Probe = new ContextProbe(streaming);
    }

    /// <summary>The sources, in the order of their definition.</summary>
    public IReadOnlyList<ProbedStream> Sources => [.. Inputs.Select(input => new ProbedStream(
        ProbedStreamKind.Source, input.StreamId, input.Node.OperatorName, input.Node.Name, input.Node.RecordType) { IsExternal = input.IsExternal })];

    /// <summary>All streams, sources included.</summary>
    public IReadOnlyList<ProbedStream> Streams => [.. _streaming.Graph.Nodes.Select(Describe)];

    /// <summary>The outputs, in the order of their definition; the records are those of the stream that they read.</summary>
    public IReadOnlyList<ProbedStream> Outputs => [.. _streaming.Graph.Outputs.Select(output => new ProbedStream(
        ProbedStreamKind.Output, output.Id, output.OperatorName, output.Name, output.Node.RecordType))];

    /// <summary>Called before each attempt at a task of a batch, by the task's thread.</summary>
    public Action<TaskAttempt>? TaskStarting { get; set; }

    /// <summary>Called when an attempt has done its work, and before its result counts.</summary>
    public Action<TaskAttempt>? TaskEnding { get; set; }

    /// <summary>Called when an output, or a source asked for its records, has failed in a batch; on the thread where it happened.</summary>
    public Action<BatchTime, ProbedStream, Exception>? Failed { get; set; }

    /// <summary>The latest batch made; before the first one, a time before all others.</summary>
    public BatchTime LastBatch => Run.Ledger.LastMade;

    /// <summary>The outputs that run at the moment.</summary>
    public IReadOnlyList<(BatchTime BatchTime, ProbedStream Output)> Running => _outputs.Running;

    private IEnumerable<ProbedInput> Inputs => _streaming.Graph.Inputs.Cast<ProbedInput>();

    private StreamingRun Run => _streaming.Run ?? throw new InvalidOperationException("The context has not been started.");

    /// <summary>A stream as the probe speaks of it.</summary>
    public ProbedStream Describe<T>(DStream<T> stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _streaming.CheckSame(stream.Context);
        return Describe(stream.Node);
    }

    /// <summary>From the start on a source gives the records that a test gives it, and does not open whatever it reads.</summary>
    /// <exception cref="InvalidOperationException">The context has been started, or the records are of another type.</exception>
    public ProbedSource<T> Feed<T>(ProbedStream source)
    {
        ArgumentNullException.ThrowIfNull(source);
        CheckNotStarted();
        var input = Inputs.ElementAt(source.Id) as ProbedInput<T> ?? throw OtherType(source, typeof(T));
        input.IsFed = true;
        return new ProbedSource<T>(_streaming, input);
    }

    /// <summary>A source gives what it gives in a program. Those from outside the process give nothing otherwise, until they are fed.</summary>
    /// <exception cref="InvalidOperationException">The context has been started.</exception>
    public void Keep(ProbedStream source)
    {
        ArgumentNullException.ThrowIfNull(source);
        CheckNotStarted();
        Inputs.ElementAt(source.Id).IsFed = false;
    }

    /// <summary>Calls back in each batch with the records of a stream, or of what an output reads, before the output runs.</summary>
    /// <exception cref="InvalidOperationException">The context has been started, or the records are of another type.</exception>
    public void Capture<T>(ProbedStream stream, Action<BatchTime, T[]> capture)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(capture);
        CheckNotStarted();
        var output = stream.Kind == ProbedStreamKind.Output ? _streaming.Graph.Outputs[stream.Id] : null;
        var node = (output?.Node ?? (stream.Kind == ProbedStreamKind.Source ? Inputs.ElementAt(stream.Id).Node : _streaming.Graph.Nodes[stream.Id]))
            as DatasetNode<T> ?? throw OtherType(stream, typeof(T));
        node.MarkShared(); // Computed once, for whoever reads it otherwise and for the test.
        output ??= _streaming.AddOutput(new OutputOperation("Capture", node, [], static (_, _) => { }));
        _outputs.Precede(output, scope => capture(scope.Time!.Value, StreamRecords.Read(scope, node)));
    }

    /// <summary>Has the context write its checkpoints there, in place of a directory, and go on from what is there.</summary>
    /// <exception cref="InvalidOperationException">The context has been started.</exception>
    public void KeepCheckpoints(ProbedCheckpoints checkpoints)
    {
        ArgumentNullException.ThrowIfNull(checkpoints);
        CheckNotStarted();
        _streaming.UseCheckpoints(checkpoints.Open());
    }

    /// <summary>Completes when the batch of a time and all before it are done, what checkpoints say of them is written, and the listeners have been told.</summary>
    public async Task WaitForBatchAsync(BatchTime time)
    {
        await Run.Ledger.WaitForAsync(time).ConfigureAwait(false);
        if (Run.Checkpoints is { } checkpoints)
        {
            await checkpoints.WaitUntilWrittenAsync().ConfigureAwait(false);
        }

        await Run.FlushListenersAsync().ConfigureAwait(false);
    }

    /// <summary>Completes each time that a graceful stop needs a further batch, which the test makes by advancing its clock.</summary>
    public Task WaitForStopAsync() => Run.Drain.WaitsForClockAsync();

    /// <summary>Takes note that the batch is about to be made for which <see cref="WaitForStopAsync"/> completed.</summary>
    public void MakesBatchOfStop() => Run.Drain.TakeRequest();

    internal InputStream Wrap<T>(InputStream input, DatasetNode<T> node) => input is IReplayableInput
        ? new ReplayableProbedInput<T>(input, node, FailSource) { IsFed = input.IsExternal }
        : new ProbedInput<T>(input, node, FailSource) { IsFed = input.IsExternal };

    /// <summary>The definition is complete.</summary>
    internal void Begin()
    {
        foreach (var input in Inputs.Where(input => input.IsFed))
        {
            input.Node.MarkShared(); // Where it reads files: what the test gives lies in memory.
        }

        foreach (var output in _streaming.Graph.Outputs)
        {
            _outputs.Watch(output, Outputs[output.Id], (time, described, failure) => Failed?.Invoke(time, described, failure));
        }
    }

    /// <summary>An attempt at a task, before or after its work.</summary>
    internal void Watch(TaskScope task, StageEnd end, StageWork work, bool hasWorked)
    {
        if ((hasWorked ? TaskEnding : TaskStarting) is { } watch)
        {
            watch(new TaskAttempt(task, StageOperators.Of(task.Scope, end, work.Chain)));
        }
    }

    private static ProbedStream Describe(DatasetNode node) => new(ProbedStreamKind.Stream, node.Id, node.OperatorName, node.Name, node.RecordType);

    private static InvalidOperationException OtherType(ProbedStream stream, Type asked) =>
        new($"The records of {stream.OperatorName} are of type {stream.RecordType}, not {asked}.");

    private void FailSource(int id, BatchTime time, Exception failure) => Failed?.Invoke(time, Sources[id], failure);

    private void CheckNotStarted()
    {
        if (_streaming.State != StreamingContextState.Initialized)
        {
            throw new InvalidOperationException("The context has been started already.");
        }
    }
}
