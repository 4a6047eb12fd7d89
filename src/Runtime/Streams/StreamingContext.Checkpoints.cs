using CodegenStreaming.Batches;
using CodegenStreaming.Checkpoints;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution;
using CodegenStreaming.Recovery;
using CodegenStreaming.Sources;

namespace CodegenStreaming;

public sealed partial class StreamingContext
{
    private readonly Guid _identity = Guid.NewGuid();
    private readonly Dictionary<IPipelineLoops, string> _pipelineNames = [];
    private ICheckpointStore? _store;
    private string? _checkpointDirectory;
    private bool _restores;

    /// <summary>The directory of the context's checkpoints; null where nothing is saved.</summary>
    public string? CheckpointDirectory => _checkpointDirectory ?? Options.CheckpointDirectory;

    /// <summary>
    /// Whether <see cref="Start"/> has gone on from a checkpoint: states, windows and the places of inputs are those of an earlier run.
    /// </summary>
    public bool IsRestored { get; private set; }

    /// <summary>
    /// The context that goes on where the last one with this directory ended, or begins anew where there was none. The code that defines the streams runs in either
    /// case, and may have changed: what was saved finds its streams by their names, or by what they are. Anything else may be set up in it or behind the call,
    /// whether the context begins or goes on.
    /// </summary>
    /// <param name="directory">Where checkpoints are, and will be. It is made where it is missing.</param>
    /// <param name="create">Makes the context and defines its streams. It need not call <see cref="Checkpoint"/>.</param>
    /// <returns>The context, to be started. What is in the directory is read by <see cref="Start"/>.</returns>
    /// <exception cref="ArgumentException">The context names another directory.</exception>
    public static StreamingContext GetOrCreate(string directory, Func<StreamingContext> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        ArgumentNullException.ThrowIfNull(create);
        var context = create();
        if (context.CheckpointDirectory is { } other && Path.GetFullPath(other) != Path.GetFullPath(directory))
        {
            throw new ArgumentException($"The context writes its checkpoints to {other}, and is to go on from those in {directory}. Name the same directory in both.", nameof(directory));
        }

        context.Checkpoint(directory);
        context._restores = true;
        return context;
    }

    /// <summary>The active context, or one made by <see cref="GetOrCreate"/>.</summary>
    /// <param name="directory">Where checkpoints are; null for a context that goes on from none.</param>
    /// <param name="create">Makes the context and defines its streams.</param>
    public static StreamingContext GetActiveOrCreate(string? directory, Func<StreamingContext> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return GetActive() ?? (directory is null ? create() : GetOrCreate(directory, create));
    }

    /// <summary>
    /// Has the context write checkpoints: what states and windows hold, where inputs have come to, and what the batches under way have got. Streams with state need it. A
    /// context that should go on from what is there is made by <see cref="GetOrCreate"/>; otherwise the directory must hold no checkpoints.
    /// </summary>
    /// <param name="directory">The directory; it is made where it is missing, and belongs to this context alone.</param>
    /// <exception cref="ContextStartedException">The context has been started.</exception>
    public void Checkpoint(string directory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        CheckDefinition("A checkpoint directory");
        _checkpointDirectory = directory;
        if (_engine.IsValueCreated)
        {
            OfferDataSetDirectory(Engine);
        }
    }

    /// <summary>Uses a store in place of a directory, and goes on from what is in it.</summary>
    internal void UseCheckpoints(ICheckpointStore store) => (_store, _restores) = (store, true);

    /// <summary>Adds a pipeline of which the context has several, by its own name: see <see cref="Add(IStreamingPipeline)"/>.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="name">Its name in checkpoints, in place of that of its class.</param>
    /// <exception cref="ContextStartedException">The context has been started.</exception>
    /// <exception cref="ContextStoppedException">The context has been stopped.</exception>
    public void Add(IStreamingPipeline pipeline, string name)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _pipelineNames[pipeline] = name;
        Add(pipeline);
    }

    /// <summary>For data sets whose engine context has no directory of its own for their checkpoints.</summary>
    private void OfferDataSetDirectory(EngineContext engine)
    {
        if (CheckpointDirectory is { } directory)
        {
            engine.Checkpoints.Offer(Path.Combine(directory, "data-sets"));
        }
    }

    private CheckpointPlan? OpenCheckpoints(EngineServices services)
    {
        var isRemembering = _remembered > TimeSpan.Zero;
        if (_store is null && CheckpointDirectory is null)
        {
            if (!Options.AllowUnsavedState && Probe is null && _graph.KeepersRead(isRemembering).FirstOrDefault(static keeper => keeper.Node.IsStateful) is { } keeper)
            {
                throw new CheckpointException(
                    $"{keeper.Node.Describe()} keeps a state, which would be lost with the process: name a directory for checkpoints, by streaming.Checkpoint(\"…\"), by "
                    + "StreamingContext.GetOrCreate(\"…\", …) or by StreamingOptions.CheckpointDirectory. Where that does not matter, set StreamingOptions.AllowUnsavedState.");
            }

            return null;
        }

        foreach (var stream in _graph.Nodes.Where(static node => node.CheckpointInterval is not null))
        {
            CheckInterval(stream, stream.CheckpointInterval!.Value);
        }

        var store = _store;
        try
        {
            store ??= new LocalCheckpointStore(CheckpointDirectory!);
        }
        catch (IOException exception)
        {
            throw new CheckpointException(exception.Message, exception);
        }

        var request = new CheckpointRequest(
            store, _restores || _checkpointDirectory is null, EveryBatches(isRemembering), _graph, Options, services, NameOf, IsInstance, IsActive, isRemembering, _time, _logger);
        var (setting, writer, content, isRestored) = CheckpointStart.Open(request, _identity);
        IsRestored = isRestored;
        return new CheckpointPlan(setting, writer, content, isRestored, Options.MissedBatches == MissedBatches.Merge);
    }

    /// <summary>The batches between two checkpoints of states: the least that a stream asks for, or Spark's for its slide.</summary>
    private int EveryBatches(bool isRemembering)
    {
        if (Options.CheckpointInterval is { } asked)
        {
            return (int)(asked / Options.BatchInterval);
        }

        var intervals = _graph.KeepersRead(isRemembering)
            .Where(static keeper => keeper.Saved is not null)
            .Select(keeper => keeper.Saved!.Node.CheckpointInterval is { } interval ? (int)(interval / Options.BatchInterval) : keeper.Saved!.DefaultInterval(Options.BatchInterval));
        return intervals.DefaultIfEmpty(1).Min();
    }

    private void CheckInterval(DatasetNode stream, TimeSpan interval)
    {
        var slide = _graph.Grid.DurationOf(stream.Slide);
        if (interval < slide || interval.Ticks % slide.Ticks != 0)
        {
            throw new ArgumentException($"The checkpoint interval of {stream.Describe()} is {interval}: it must be a multiple of the stream's slide, which is {slide}.");
        }
    }

    private static bool IsActive(Guid identity) => ActiveContext.Find(context => context._identity == identity) is not null;

    private string NameOf(DatasetNode node) => node.Pipeline is null
        ? ""
        : _pipelineNames.GetValueOrDefault(node.Pipeline) ?? PipelineName.Of(node.Pipeline);

    private bool IsInstance(DatasetNode node) => node.Pipeline is not null && _pipelineNames.ContainsKey(node.Pipeline);
}
