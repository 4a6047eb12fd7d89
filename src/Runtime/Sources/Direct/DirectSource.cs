using CodegenStreaming.Codecs;
using CodegenStreaming.Execution;
using CodegenStreaming.Memory;
using CodegenStreaming.Sources;

namespace CodegenStreaming;

/// <summary>
/// A source that keeps its records and reads any stretch of them again: a broker's log, a table by id, files that only grow. Nothing is received ahead: the driver plans a
/// batch as <see cref="DirectRange{TPosition}">ranges</see>, and each range is read by the task that processes it. Derive from it and give it to
/// <c>streaming.DirectStream</c>; <c>DirectSourceContract</c> of the TestKit checks what it has to keep to.
/// </summary>
/// <remarks>
/// It has partitions, named by strings; within a partition records have an order and a place that never change. Where a partition has been read to is the engine's matter:
/// positions go into checkpoints, and come back after a restart. The batch clock calls <see cref="Plan"/> and <see cref="Limit"/>, tasks call <see cref="Read"/>, several at
/// once, a checkpoint's thread calls <see cref="Commit"/>, all at the same time.
/// </remarks>
/// <typeparam name="T">The record type.</typeparam>
/// <typeparam name="TPosition">
/// A place between two records of a partition: an offset, a sequence number, an id. Its <c>Equals</c> tells positions apart, and it is not changed once it was given away.
/// </typeparam>
public abstract class DirectSource<T, TPosition>
{
    /// <summary>What kind of source, for logs and monitoring.</summary>
    public virtual string Name => "Direct stream";

    /// <summary>
    /// What it reads, such as a directory or a topic: tells sources of the same kind apart when a checkpoint is read. Give streams names (<c>Named</c>) where this is not enough,
    /// or where it may change. Empty by default.
    /// </summary>
    public virtual string Origin => "";

    /// <summary>How positions are written to checkpoints. Numbers, strings, and structures without references need nothing; override it for any other type.</summary>
    /// <exception cref="MissingCodecException">The type has no built-in codec.</exception>
    public virtual RecordCodec<TPosition> PositionCodec => BuiltInCodecs.Find<TPosition>() ?? throw new MissingCodecException(typeof(TPosition));

    /// <summary>
    /// Opens what the source keeps open: connections, a thread that looks for new records. Until it has completed, batches get nothing. Does nothing by default.
    /// </summary>
    /// <param name="cancellationToken">Cancelled when the context is stopped meanwhile.</param>
    /// <remarks>What it throws is logged, and the next batch calls it again.</remarks>
    public virtual Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Closes it. All batches are done, or given up. Does nothing by default.</summary>
    public virtual Task StopAsync() => Task.CompletedTask;

    /// <summary>
    /// All that is there to be read: for each partition the range from its position to its present end. Called for each batch by the batch clock, so it should be quick.
    /// </summary>
    /// <param name="positions">
    /// Where the next range of each partition begins. One that is missing is new: where it begins is the source's decision, and is settled by its first range, be it empty.
    /// Valid during the call.
    /// </param>
    /// <returns>At most one range for each partition. Partitions without anything new may be left out.</returns>
    /// <exception cref="StreamingException">For what does not heal, such as records that were deleted before they were read: the run fails.</exception>
    /// <remarks>Whatever else it throws is logged; the batch goes on without this source, and the next one plans again.</remarks>
    public abstract IReadOnlyList<DirectRange<TPosition>> Plan(IReadOnlyDictionary<string, TPosition> positions);

    /// <summary>The beginning of a range that was planned, where a limit allows a batch no more. Called as <see cref="Plan"/>.</summary>
    /// <param name="range">A range of <see cref="Plan"/>; where its count is not known it may have fewer records than the limit.</param>
    /// <param name="records">How many records at most, from one.</param>
    /// <returns>A range with the same beginning. Where a source cannot cut, this is the range as it is, and limits do not count.</returns>
    public abstract DirectRange<TPosition> Limit(DirectRange<TPosition> range, long records);

    /// <summary>
    /// The records of a range, in their order. In a task, which may be one of many; the same range may be read any number of times, at once, and after a restart, and each time
    /// it holds the same records.
    /// </summary>
    /// <param name="range">A range that was planned, by this object or by one of an earlier run.</param>
    /// <param name="cancellationToken">Cancelled when the context stops and does not wait for the batch.</param>
    /// <returns>The records, read while they are enumerated. The enumeration may be ended early.</returns>
    public abstract IEnumerable<T> Read(DirectRange<TPosition> range, CancellationToken cancellationToken);

    /// <summary>
    /// No restart will go back behind these positions: a broker may be told, what lies before them may be deleted. Comes after the outputs of the batches that lead there, and
    /// their checkpoint; later calls have later positions. Does nothing by default.
    /// </summary>
    /// <param name="positions">The positions of all partitions.</param>
    public virtual void Commit(IReadOnlyDictionary<string, TPosition> positions)
    {
    }

    /// <summary>The records of a range in blocks, each the caller's to release. A source of ours reads them as they lie in its files.</summary>
    /// <param name="range">The range.</param>
    /// <param name="task">The task that reads.</param>
    /// <param name="node">The stream.</param>
    internal virtual IEnumerable<Block<T>> ReadBlocks(DirectRange<TPosition> range, TaskScope task, DatasetNode<T> node) =>
        RecordBuffer.Fill(Read(range, task.Cancellation), range.Count, task.Scope.Pool, task.Cancellation);
}
