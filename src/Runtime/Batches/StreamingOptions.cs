using CodegenStreaming.Execution;

namespace CodegenStreaming;

/// <summary>How a streaming context runs. Plain settings, bound from configuration. A context copies them when it is made.</summary>
public sealed class StreamingOptions
{
    /// <summary>The application's name, for thread names, logs and metrics.</summary>
    public string AppName { get; set; } = "CodegenStreaming";

    /// <summary>Where tasks run: <c>local</c> (one thread), <c>local[n]</c>, <c>local[*]</c> (one per processor, the default).</summary>
    public string Master { get; set; } = "local[*]";

    /// <summary>The time between two batches, in whole milliseconds. One second by default.</summary>
    public TimeSpan BatchInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a receiver fills one block, which is one partition of a batch. Null (the default): 200 ms, or the batch interval if that is less.</summary>
    public TimeSpan? BlockInterval { get; set; }

    /// <summary>The partitions of an exchange whose operator names no number. Null (the default): the number of task threads.</summary>
    public int? DefaultParallelism { get; set; }

    /// <summary>The bound on received, unprocessed data, in bytes; at the bound sources pause. 256 MB by default.</summary>
    public long MaxPendingBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>
    /// The bound on persisted data in memory, in bytes; zero keeps none there. Null (the default): a quarter of the memory that the process may use.
    /// </summary>
    public long? MaxStorageMemory { get; set; }

    /// <summary>
    /// The bound on what aggregations by key hold before their results are made, in bytes; what is beyond it goes to files. Null (the default): a quarter of
    /// the memory that the process may use.
    /// </summary>
    public long? MaxAggregationMemory { get; set; }

    /// <summary>Where folders for files of persisted data and of aggregations are made. Null (the default): below the system's folder for temporary files.</summary>
    public string? LocalDirectory { get; set; }

    /// <summary>How often a task may fail before its batch fails. One by default, as in Spark's local mode.</summary>
    public int MaxTaskFailures { get; set; } = 1;

    /// <summary>How many jobs run at once. One by default: outputs and batches strictly one after another.</summary>
    public int ConcurrentJobs { get; set; } = 1;

    /// <summary>How long a graceful stop waits for received data to be processed. Null (the default): ten batch intervals.</summary>
    public TimeSpan? GracefulStopTimeout { get; set; }

    /// <summary>
    /// Where checkpoints are written, and where the context goes on from when it finds one there; the same as <see cref="StreamingContext.GetOrCreate"/>. Null (the
    /// default): nothing is saved, unless <see cref="StreamingContext.Checkpoint"/> names a directory.
    /// </summary>
    public string? CheckpointDirectory { get; set; }

    /// <summary>
    /// The time between two checkpoints of streams' states: a multiple of the batch interval. Null (the default): the least interval that a stream asks for by
    /// <see cref="DStream{T}.Checkpoint"/>, or Spark's, which is the least multiple of the stream's slide that is ten seconds or more.
    /// </summary>
    public TimeSpan? CheckpointInterval { get; set; }

    /// <summary>What becomes of the batches whose time has passed while the program was not running. By default they run, one after another.</summary>
    public MissedBatches MissedBatches { get; set; } = MissedBatches.Run;

    /// <summary>
    /// The states of a checkpoint that may be given up, for good, where the program cannot go on with them: those that its message names when it refuses to start. One that
    /// the program goes on with for certain is kept, so that an entry may stay when it is not needed any more.
    /// </summary>
    public IList<string> DiscardedStates { get; set; } = [];

    /// <summary>
    /// What becomes of a batch when a function throws for a record. By default it fails. A pipeline may have its own policy: <see cref="StreamingPipelineAttribute.PoisonRecords"/>.
    /// </summary>
    public PoisonPolicy PoisonRecords { get; set; } = PoisonPolicy.Fail;

    /// <summary>
    /// True to let streams with state run without a checkpoint directory: a restart then begins with empty states. False by default: such a program is refused at its
    /// start, as Spark does.
    /// </summary>
    public bool AllowUnsavedState { get; set; }

    /// <summary>False to run every operator through its delegates, one by one, as if nothing had been generated.</summary>
    public bool UseGeneratedLoops { get; set; } = true;

    internal TimeSpan EffectiveBlockInterval =>
        BlockInterval ?? TimeSpan.FromMilliseconds(Math.Min(200, BatchInterval.TotalMilliseconds));

    internal TimeSpan EffectiveGracefulStopTimeout => GracefulStopTimeout ?? BatchInterval * 10;

    internal StreamingOptions Clone()
    {
        var clone = (StreamingOptions)MemberwiseClone();
        clone.DiscardedStates = [.. DiscardedStates];
        return clone;
    }

    /// <summary>Checks every setting; the message of the exception names the setting and its value.</summary>
    internal void Validate()
    {
        Check(!string.IsNullOrWhiteSpace(AppName), nameof(AppName), AppName, "must not be empty");
        Check(Master is not null, nameof(Master), Master, "must not be null");
        LocalMaster.ParseThreads(Master!);
        CheckInterval(BatchInterval, nameof(BatchInterval));
        if (BlockInterval is { } block)
        {
            CheckInterval(block, nameof(BlockInterval));
            Check(block <= BatchInterval, nameof(BlockInterval), block, $"must not be longer than the batch interval of {BatchInterval}");
        }

        Check(DefaultParallelism is null or >= 1, nameof(DefaultParallelism), DefaultParallelism, "must be at least 1, or null");
        Check(MaxPendingBytes >= 1, nameof(MaxPendingBytes), MaxPendingBytes, "must be at least 1");
        Check(MaxStorageMemory is null or >= 0, nameof(MaxStorageMemory), MaxStorageMemory, "must not be negative");
        Check(MaxAggregationMemory is null or >= 1, nameof(MaxAggregationMemory), MaxAggregationMemory, "must be at least 1");
        Check(LocalDirectory is null || !string.IsNullOrWhiteSpace(LocalDirectory), nameof(LocalDirectory), LocalDirectory, "must not be empty");
        Check(MaxTaskFailures >= 1, nameof(MaxTaskFailures), MaxTaskFailures, "must be at least 1");
        Check(CheckpointDirectory is null || !string.IsNullOrWhiteSpace(CheckpointDirectory), nameof(CheckpointDirectory), CheckpointDirectory, "must not be empty");
        Check(
            CheckpointInterval is not { } interval || (interval > TimeSpan.Zero && interval.Ticks % BatchInterval.Ticks == 0),
            nameof(CheckpointInterval),
            CheckpointInterval,
            $"must be a multiple of the batch interval of {BatchInterval}");
        Check(Enum.IsDefined(PoisonRecords), nameof(PoisonRecords), PoisonRecords, "must be Fail, Skip or DeadLetter");
        Check(Enum.IsDefined(MissedBatches), nameof(MissedBatches), MissedBatches, "must be Run or Merge");
        Check(DiscardedStates is not null, nameof(DiscardedStates), DiscardedStates, "must not be null");
        Check(ConcurrentJobs is >= 1 and <= 1024, nameof(ConcurrentJobs), ConcurrentJobs, "must be from 1 to 1024");
        Check(
            GracefulStopTimeout is null || (GracefulStopTimeout > TimeSpan.Zero && GracefulStopTimeout <= LongestTimeout),
            nameof(GracefulStopTimeout),
            GracefulStopTimeout,
            $"must be more than zero and at most {LongestTimeout}");
    }

    /// <summary>What a timer can take.</summary>
    private static TimeSpan LongestTimeout => TimeSpan.FromDays(40);

    private static void CheckInterval(TimeSpan value, string setting) => Check(
        value > TimeSpan.Zero && value <= TimeSpan.FromDays(1) && value.Ticks % TimeSpan.TicksPerMillisecond == 0,
        setting,
        value,
        "must be a whole number of milliseconds, from 1 ms to one day");

    private static void Check(bool isValid, string setting, object? value, string rule)
    {
        if (!isValid)
        {
            throw new ArgumentException(FormattableString.Invariant($"{nameof(StreamingOptions)}.{setting} is '{value}': it {rule}."));
        }
    }
}
