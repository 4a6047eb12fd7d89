using Microsoft.Extensions.Logging;

namespace CodegenStreaming.Observability;

/// <summary>Every line that the batch runtime logs. Event ids: 1–19 life cycle, 20–39 batches, 40–59 plan, 60–79 listeners, 80–99 kept data.</summary>
internal static partial class StreamingLog
{
    public const string Category = "CodegenStreaming.StreamingContext";

    [LoggerMessage(1, LogLevel.Information, "{AppName} started: a batch every {BatchInterval}, {TaskThreads} task thread(s), {Inputs} input(s), {Outputs} output(s)")]
    public static partial void Started(this ILogger logger, string appName, TimeSpan batchInterval, int taskThreads, int inputs, int outputs);

    [LoggerMessage(2, LogLevel.Warning, "Start was called on a StreamingContext that has been started; nothing was done")]
    public static partial void StartedTwice(this ILogger logger);

    [LoggerMessage(3, LogLevel.Information, "{AppName} stopped")]
    public static partial void Stopped(this ILogger logger, string appName);

    [LoggerMessage(4, LogLevel.Warning, "{Input} did not stop within {Limit}; what it still holds may be lost")]
    public static partial void InputStopTimedOut(this ILogger logger, string input, TimeSpan limit);

    [LoggerMessage(5, LogLevel.Error, "{Input} failed while it was stopped")]
    public static partial void InputStopFailed(this ILogger logger, Exception exception, string input);

    [LoggerMessage(6, LogLevel.Warning, "The graceful stop gave up after {Limit}: received data that is not processed yet is dropped. Raise GracefulStopTimeout to wait longer")]
    public static partial void GracefulStopTimedOut(this ILogger logger, TimeSpan limit);

    [LoggerMessage(7, LogLevel.Warning, "Running outputs or listeners did not end within {Limit} of the stop; they are left behind")]
    public static partial void RunningJobsLeft(this ILogger logger, TimeSpan limit);

    [LoggerMessage(20, LogLevel.Information, "Batch {BatchTime} ms: {Records} records, scheduling delay {SchedulingDelayMs:0.0} ms, processing time {ProcessingMs:0.0} ms, total delay {TotalDelayMs:0.0} ms")]
    public static partial void BatchCompleted(this ILogger logger, long batchTime, long records, double schedulingDelayMs, double processingMs, double totalDelayMs);

    [LoggerMessage(21, LogLevel.Warning, "The last {Batches} batches each took longer than the batch interval of {BatchInterval}: processing cannot keep up. Give it more threads, less work for each record, or a longer interval")]
    public static partial void ProcessingOverrun(this ILogger logger, int batches, TimeSpan batchInterval);

    [LoggerMessage(22, LogLevel.Error, "Output {OutputId} ({Output}) of batch {BatchTime} ms failed")]
    public static partial void OutputFailed(this ILogger logger, Exception exception, int outputId, string output, long batchTime);

    [LoggerMessage(23, LogLevel.Error, "Batch {BatchTime} ms could not be made; its records are lost and later batches go on")]
    public static partial void GenerationFailed(this ILogger logger, Exception exception, long batchTime);

    [LoggerMessage(24, LogLevel.Error, "What batch {BatchTime} ms used could not be given back")]
    public static partial void CleanupFailed(this ILogger logger, Exception exception, long batchTime);

    [LoggerMessage(25, LogLevel.Debug, "Output {OutputId} ({Output}) of batch {BatchTime} ms was cancelled by the stop")]
    public static partial void OutputCancelled(this ILogger logger, int outputId, string output, long batchTime);

    [LoggerMessage(26, LogLevel.Warning, "Output {OutputId} ({Output}) has called no action of its data set in {Batches} batches with records: they are received and dropped. Call one, such as Foreach or Collect")]
    public static partial void NoAction(this ILogger logger, int outputId, string output, int batches);

    [LoggerMessage(27, LogLevel.Error, "What later batches need of {Stream} could not be computed in batch {BatchTime} ms")]
    public static partial void UpkeepFailed(this ILogger logger, Exception exception, string stream, long batchTime);

    [LoggerMessage(40, LogLevel.Information, "Plan: {Bound} operator call(s) run inside generated loops, {Unbound} do not")]
    public static partial void Planned(this ILogger logger, int bound, int unbound);

    [LoggerMessage(41, LogLevel.Debug, "In a generated loop: {Site}")]
    public static partial void SiteBound(this ILogger logger, string site);

    [LoggerMessage(42, LogLevel.Information, "Not in a generated loop: {Site}, because {Reason}")]
    public static partial void SiteUnbound(this ILogger logger, string site, string reason);

    [LoggerMessage(60, LogLevel.Error, "The listener {Listener} threw an exception")]
    public static partial void ListenerFailed(this ILogger logger, Exception exception, string listener);

    [LoggerMessage(61, LogLevel.Warning, "A listener is slow: {Capacity} events wait for it, and further events are lost until it has caught up")]
    public static partial void ListenerEventsLost(this ILogger logger, int capacity);

    [LoggerMessage(80, LogLevel.Warning, "A partition that does not fit into memory could not be written to a file; it is computed again when it is needed")]
    public static partial void PartitionNotWritten(this ILogger logger, Exception exception);

    [LoggerMessage(81, LogLevel.Warning, "A kept partition could not be read from {File}; it is computed again")]
    public static partial void PartitionNotRead(this ILogger logger, Exception exception, string file);

    [LoggerMessage(82, LogLevel.Warning, "{Operator} takes more memory than MaxAggregationMemory and stays in memory all the same, because its entries {Record} cannot be written to files: a type has no codec, or keys are equal by reference only. Mark the class that calls it [StreamingPipeline] or [StreamingOperators], give a codec for the key's type and for the combination's by EngineContext.UseCodec, or raise MaxAggregationMemory")]
    public static partial void AggregationNotSpilled(this ILogger logger, string @operator, Type record);

    [LoggerMessage(83, LogLevel.Debug, "{Operator}, partition {Partition}: {Entries} combined entries went to {File}, because they were too many for its memory")]
    public static partial void AggregationSpilled(this ILogger logger, string @operator, int partition, int entries, string file);

    [LoggerMessage(100, LogLevel.Information, "Checkpoints are written to {Location}; there is none yet")]
    public static partial void CheckpointsBegin(this ILogger logger, string location);

    [LoggerMessage(101, LogLevel.Information, "Goes on from the checkpoint {Manifest} in {Location}: the states after batch {DataTime} ms; {Planned} batch(es) behind it were made before, {Missed} were missed")]
    public static partial void Restored(this ILogger logger, string manifest, string location, long dataTime, long planned, long missed);

    [LoggerMessage(102, LogLevel.Warning, "The checkpoint {Manifest} cannot be used, and an older one is taken: {Problem}")]
    public static partial void CheckpointUnusable(this ILogger logger, string manifest, string problem);

    [LoggerMessage(103, LogLevel.Warning, "The checkpoint has {Stream}, which the program does not have any more: that is dropped")]
    public static partial void SavedStreamDropped(this ILogger logger, string stream);

    [LoggerMessage(113, LogLevel.Warning, "What the checkpoint has of {Stream} is given up, as DiscardedStates says: it begins anew")]
    public static partial void SavedStreamDiscarded(this ILogger logger, string stream);

    [LoggerMessage(112, LogLevel.Information, "{Stream} goes on with what the checkpoint has of the only call like it, which read ({Call}). A name makes that certain: .Named")]
    public static partial void SavedStreamEdited(this ILogger logger, string stream, string call);

    [LoggerMessage(104, LogLevel.Error, "The checkpoint of batch {Batch} could not be written; the one before it counts, and the next one is tried in its time")]
    public static partial void CheckpointFailed(this ILogger logger, Exception exception, long batch);

    [LoggerMessage(105, LogLevel.Warning, "The checkpoint could not be written, at attempt {Attempt} of {Attempts}")]
    public static partial void CheckpointRetried(this ILogger logger, Exception exception, int attempt, int attempts);

    [LoggerMessage(106, LogLevel.Critical, "No checkpoint can be written any more, and the program stops: a restart goes on from the last one")]
    public static partial void CheckpointsEnded(this ILogger logger, Exception exception);

    [LoggerMessage(107, LogLevel.Warning, "Old files of checkpoints could not be cleaned up; it is tried again")]
    public static partial void CheckpointNotCleaned(this ILogger logger, Exception exception);

    [LoggerMessage(108, LogLevel.Information, "Catching up: batch {BatchTime} ms is done, {Left} of {All} are left")]
    public static partial void CatchingUp(this ILogger logger, long batchTime, long left, long all);

    [LoggerMessage(110, LogLevel.Warning, "The batch {BatchTime} ms has failed: no checkpoint of states passes it, and a restart runs it again. Restart the program when the cause is removed")]
    public static partial void CheckpointsStopAtFailed(this ILogger logger, long batchTime);

    [LoggerMessage(111, LogLevel.Warning, "Batch {BatchTime} ms: {Operator} ({File}:{Line}) threw at record {Position} of partition {Partition} of {Source}, which was left out")]
    public static partial void PoisonRecord(
        this ILogger logger, long batchTime, string @operator, string? file, int? line, long position, int partition, string source, Exception exception);
}
