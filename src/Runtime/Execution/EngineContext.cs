using CodegenStreaming.Codecs;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Storage;
using CodegenStreaming.Memory;
using CodegenStreaming.Observability;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodegenStreaming;

/// <summary>
/// What streaming contexts run on: the task threads and the pool of blocks. One streaming context at a time; when it is stopped with
/// <c>stopEngine: false</c>, the next one can use the same engine context. Thread-safe.
/// </summary>
public sealed partial class EngineContext : IDisposable
{
    private readonly TaskRunner _tasks;
    private readonly Lazy<EngineServices> _services;
    private readonly CodecRegistry _codecs = new();
    private object? _user;
    private int _disposed;

    /// <summary>Starts the task threads.</summary>
    /// <param name="appName">The application's name, for thread names.</param>
    /// <param name="master"><c>local</c> (one thread), <c>local[n]</c>, <c>local[*]</c> (one per processor).</param>
    /// <param name="defaultParallelism">The partitions of an exchange whose operator names no number; null for the number of task threads.</param>
    /// <param name="maxTaskFailures">How often a task may fail before its batch fails.</param>
    /// <param name="maxStorageMemory">
    /// The bound on persisted data in memory, in bytes; zero keeps none there. Null for a quarter of the memory that the process may use.
    /// </param>
    /// <param name="maxAggregationMemory">
    /// The bound on what aggregations by key hold before their results are made, in bytes; what is beyond it goes to files. Null for a quarter of the memory
    /// that the process may use.
    /// </param>
    /// <param name="localDirectory">Where folders for files of persisted data and of aggregations are made; null for a folder below the system's temporary one.</param>
    /// <param name="loggerFactory">Where to log; nowhere by default.</param>
    /// <param name="timeProvider">The clock of what runs outside batches, and of connection pools; the machine's by default.</param>
    /// <exception cref="ArgumentException">The master is none of those forms, or a number is less than one.</exception>
    public EngineContext(
        string appName = "CodegenStreaming",
        string master = "local[*]",
        int? defaultParallelism = null,
        int maxTaskFailures = 1,
        long? maxStorageMemory = null,
        long? maxAggregationMemory = null,
        string? localDirectory = null,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(appName);
        ArgumentNullException.ThrowIfNull(master);
        ArgumentOutOfRangeException.ThrowIfLessThan(defaultParallelism ?? 1, 1, nameof(defaultParallelism));
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTaskFailures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxStorageMemory ?? 0, 0, nameof(maxStorageMemory));
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAggregationMemory ?? 1, 1, nameof(maxAggregationMemory));
        Time = timeProvider ?? TimeProvider.System;
        Threads = new TaskThreads(LocalMaster.ParseThreads(master), appName);
        DefaultParallelism = defaultParallelism ?? Threads.Count;
        _tasks = new TaskRunner(Threads, maxTaskFailures);
        MaxStorageMemory = maxStorageMemory ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;
        Store = new BlockStore(MaxStorageMemory, localDirectory, Pool, (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger(StreamingLog.Category));
        MaxAggregationMemory = maxAggregationMemory ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;
        Aggregations = new AggregationMemory(MaxAggregationMemory, Threads.Count, Store);
        _services = new Lazy<EngineServices>(() => CreateServices(new Planner(useLoops: true, new PlanReport())));
    }

    /// <summary>The partitions of an exchange whose operator names no number.</summary>
    public int DefaultParallelism { get; }

    /// <summary>How many tasks run at once.</summary>
    public int TaskThreadCount => Threads.Count;

    /// <summary>The bound on persisted data in memory, in bytes.</summary>
    public long MaxStorageMemory { get; }

    /// <summary>The bound on what aggregations by key hold before their results are made, in bytes.</summary>
    public long MaxAggregationMemory { get; }

    internal TimeProvider Time { get; }

    internal TaskThreads Threads { get; }

    internal BlockStore Store { get; }

    internal AggregationMemory Aggregations { get; }

    internal BlockPool Pool { get; } = new();

    internal CheckpointFolders Checkpoints { get; } = new();

    /// <summary>The task that the calling thread runs; null on the driver.</summary>
    internal TaskScope? CurrentTask => _tasks.Current;

    internal bool IsDisposed => Volatile.Read(ref _disposed) != 0;

    /// <summary>Makes records of a type be stored by a codec, in this engine context, instead of by a generated or built-in one.</summary>
    /// <param name="codec">The codec. Data that another one has written can only be read if both have the same schema.</param>
    public void UseCodec<T>(RecordCodec<T> codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        _codecs.Use(codec);
    }

    /// <summary>
    /// The directory for <c>Checkpoint</c> of data sets: the one that was set, or <c>data-sets</c> below that of a streaming context over this engine context.
    /// Null where there is none.
    /// </summary>
    public string? CheckpointDirectory => Checkpoints.Directory;

    /// <summary>
    /// Sets the directory where data sets write their checkpoints, each engine context into a folder of its own. What is written stays: remove it when no engine
    /// context needs it any more.
    /// </summary>
    /// <param name="directory">The directory; it is made where it is missing, when the first data set is written.</param>
    public void SetCheckpointDirectory(string directory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        Checkpoints.Set(directory);
    }

    /// <summary>
    /// Cancels actions, ends the task threads, disposes what was made by name and gives up persisted data. A streaming context that still runs on them is to be stopped first.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            try
            {
                CancelActions();
            }
            finally
            {
                Threads.Dispose();
                _variables.Dispose();
                Store.Dispose();
            }
        }
    }

    /// <summary>What data sets of the engine context itself need, outside every batch.</summary>
    internal EngineServices Services => _services.Value;

    /// <summary>What a streaming context's plans and tasks need; each has a planner of its own.</summary>
    internal EngineServices CreateServices(Planner planner, TimeProvider? time = null) =>
        new(_tasks, Pool, planner, DefaultParallelism, Store, _codecs, time ?? Time, Aggregations, Checkpoints);

    /// <summary>Makes someone the only user; returns the one who is already, or null when the place was free.</summary>
    internal object? Occupy(object user) => Interlocked.CompareExchange(ref _user, user, null);

    internal void Vacate(object user) => Interlocked.CompareExchange(ref _user, null, user);
}
