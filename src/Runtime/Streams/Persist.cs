using CodegenStreaming.Execution.Storage;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>The level at which the data sets of the stream's batches are kept.</summary>
    public StorageLevel StorageLevel => Node.Level;

    /// <summary>Keeps each batch's data set in memory until the batch is over. The same as <c>Persist(StorageLevel.MemoryOnly)</c>.</summary>
    public DStream<T> Persist() => Persist(StorageLevel.MemoryOnly);

    /// <summary>Keeps each batch's data set in memory until the batch is over. The same as <c>Persist(StorageLevel.MemoryOnly)</c>.</summary>
    public DStream<T> Cache() => Persist(StorageLevel.MemoryOnly);

    /// <summary>
    /// Keeps each batch's data set until the batch is over, or as long as it is remembered: it is computed into blocks, once,
    /// whoever reads it. That is so for a stream with several readers anyway. Streams lie in memory: a level with files names what is wanted and spills nothing.
    /// </summary>
    /// <param name="level">How it is kept.</param>
    /// <returns>The same stream.</returns>
    /// <exception cref="ContextStartedException">The context has been started.</exception>
    /// <exception cref="InvalidOperationException">The stream has another level.</exception>
    /// <exception cref="NotSupportedException">The level needs a cluster.</exception>
    public DStream<T> Persist(StorageLevel level)
    {
        StorageLevels.Check(level);
        Context.CheckDefinition("A storage level");
        Node.MarkPersisted(level);
        return this;
    }
}
