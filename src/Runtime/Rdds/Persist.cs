using CodegenStreaming.Codecs;
using CodegenStreaming.Execution;
using CodegenStreaming.Execution.Storage;

namespace CodegenStreaming;

public sealed partial class Rdd<T>
{
    /// <summary>
    /// The level at which the data set is kept; <see cref="StorageLevel.None"/> where it is computed for each action. What a stream hands over is computed
    /// once in any case.
    /// </summary>
    public StorageLevel StorageLevel => Node.Level == StorageLevel.None && KeptByBatch is { } batch ? batch.LevelOf(Node) : Node.Level;

    /// <summary>Keeps the data set in memory once it is computed. The same as <c>Persist(StorageLevel.MemoryOnly)</c>.</summary>
    public Rdd<T> Persist() => Persist(StorageLevel.MemoryOnly);

    /// <summary>Keeps the data set in memory once it is computed. The same as <c>Persist(StorageLevel.MemoryOnly)</c>.</summary>
    public Rdd<T> Cache() => Persist(StorageLevel.MemoryOnly);

    /// <summary>
    /// Keeps the data set once it is computed: each partition by the first action that needs it. Until <see cref="Unpersist"/>, or until its batch is
    /// over, or its engine context for a data set of that. What a partition needs beyond <see cref="EngineContext.MaxStorageMemory"/> goes where the level
    /// says. A data set that its batch keeps anyway, one that a stream handed over or one behind an exchange, stays in memory, whatever the level.
    /// </summary>
    /// <param name="level">How it is kept.</param>
    /// <param name="codec">
    /// Writes the records at a level that encodes them; when null, the engine context's, the generated or the built-in codec of the type. Records without
    /// references are kept as they lie in memory then.
    /// </param>
    /// <returns>The same data set.</returns>
    /// <exception cref="InvalidOperationException">It is persisted at another level.</exception>
    /// <exception cref="MissingCodecException">The level encodes records, and the type has no codec.</exception>
    /// <exception cref="NotSupportedException">The level needs a cluster.</exception>
    public Rdd<T> Persist(StorageLevel level, RecordCodec<T>? codec = null)
    {
        StorageLevels.Check(level);
        if (KeptByBatch is { } keeper)
        {
            keeper.SetLevel(Node, level);
        }
        else if (_batch is { } batch)
        {
            if (Node.Persist(level, batch.Engine.Store, EncodingAt(level, codec, batch.Engine)) is { } stored)
            {
                batch.OnDispose(stored.End);
            }
        }
        else
        {
            var services = OpenEngine().Services;
            Node.Persist(level, services.Store, EncodingAt(level, codec, services));
        }

        return Called;
    }

    /// <summary>
    /// Ends the keeping of the data set; from now on it is computed again for each action. An action that is under way goes on with what it has. In a
    /// batch the memory goes back when the batch is over.
    /// </summary>
    /// <returns>The same data set.</returns>
    public Rdd<T> Unpersist()
    {
        if (KeptByBatch is { } keeper)
        {
            keeper.SetLevel(Node, StorageLevel.None);
        }
        else
        {
            Node.Stored?.End();
        }

        return this;
    }

    private BlockEncoding<T>? EncodingAt(StorageLevel level, RecordCodec<T>? codec, EngineServices services) =>
        level == StorageLevel.MemoryOnly ? null : BlockEncoding<T>.Of(codec, services.Codecs, _actionSite ?? Node.Site, _pipeline);

    /// <summary>The batch, where it keeps the data set anyway: as a stream's, whose node serves all batches, or behind an exchange.</summary>
    private EvaluationScope? KeptByBatch => _batch is not null && (Node.Id >= 0 || Node.IsMaterialized) ? _batch : null;
}
