using CodegenStreaming.Codecs;
using CodegenStreaming.Outputs;

namespace CodegenStreaming;

public sealed partial class Rdd<T>
{
    /// <summary>Whether the data set has been written by <see cref="Checkpoint"/>, and is read from there.</summary>
    public bool IsCheckpointed => CheckpointFile is not null;

    /// <summary>The folder that <see cref="Checkpoint"/> has written; null before. It holds object files, which <c>engine.ObjectFile</c> reads too.</summary>
    public string? CheckpointFile => (Node as CheckpointNode<T>)?.Place;

    /// <summary>
    /// Has the data set written to files, and forget what it is made of: the next action on it, or on what is derived of it from now on, first writes all of its
    /// partitions, and everything reads them there from then on. To be called before any of that, and once; a second call does nothing. It is computed once for it.
    /// What is persisted is read where it is kept, and written from there. The files stay, also when the engine context has ended; one that is damaged or gone later fails
    /// the action.
    /// </summary>
    /// <param name="codec">Writes and reads the records; when null, the engine context's, the generated or the built-in codec of the type.</param>
    /// <exception cref="CheckpointException">There is no directory for it: see <see cref="EngineContext.SetCheckpointDirectory"/>.</exception>
    /// <exception cref="MissingCodecException">The type has no codec.</exception>
    public void Checkpoint(RecordCodec<T>? codec = null)
    {
        var node = Node;
        if (node is CheckpointNode<T>)
        {
            return;
        }

        var services = _batch?.Engine ?? OpenEngine().Services;
        if (services.Checkpoints.Directory is null)
        {
            throw new CheckpointException(
                "A data set can't be checkpointed, since there is no directory for it: name one by engine.SetCheckpointDirectory(\"…\"), or have the streaming context write "
                + "checkpoints, by streaming.Checkpoint(\"…\").");
        }

        var used = codec ?? services.Codecs.Of<T>(_actionSite ?? node.Site, _pipeline);
        var checkpoint = new CheckpointNode<T>(node, used, services.Checkpoints) { Site = _actionSite, Pipeline = _pipeline };
        if (node.Stored is { IsOver: false } stored)
        {
            checkpoint.ShareStored(stored);
        }

        Interlocked.CompareExchange(ref Called._node, checkpoint, node);
    }

    /// <summary>Spark's name for <see cref="CheckpointFile"/>.</summary>
    public string? GetCheckpointFile() => CheckpointFile;
}
