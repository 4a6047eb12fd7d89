using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Saving;

/// <summary>What a stream keeps for later batches, as checkpoints save and restore it.</summary>
internal interface ISavedStream
{
    /// <summary>The stream that the user called, for messages and for what tells it from others.</summary>
    DatasetNode Node { get; }

    /// <summary>What kind of thing it keeps: only such a one can be restored.</summary>
    string Kind { get; }

    /// <summary>What is written of it, by name: <c>key</c> and <c>state</c>, or <c>record</c>. Valid after <see cref="PrepareSaving"/>.</summary>
    IReadOnlyList<(string Name, RecordSchema Schema)> Schemas { get; }

    /// <summary>What else must have been restored for this to be: without it, this would go on from what does not fit. Null for nothing.</summary>
    ISavedStream? Needed => null;

    /// <summary>How many batches lie between two checkpoints where nobody says so: the least multiple of the slide that takes ten seconds or more.</summary>
    int DefaultInterval(TimeSpan batchInterval) => LeastOfTenSeconds(batchInterval, Node.Slide);

    /// <summary>That multiple of a slide.</summary>
    static int LeastOfTenSeconds(TimeSpan batchInterval, int slide)
    {
        var duration = batchInterval * slide;
        return slide * (int)((TimeSpan.FromSeconds(10).Ticks + duration.Ticks - 1) / duration.Ticks);
    }

    /// <summary>Finds out how records are written. Before the start.</summary>
    /// <exception cref="MissingCodecException">There is no codec of a type.</exception>
    void PrepareSaving(CodecRegistry codecs, BlockPool pool);

    /// <summary>What was saved is there again. Before the start; it may be read later.</summary>
    /// <param name="saved">What <see cref="CapturedStream.Write"/> has given.</param>
    /// <exception cref="IncompatibleStateException">It cannot be carried over: what it was has changed.</exception>
    /// <exception cref="CorruptRecordException">It is damaged.</exception>
    void Restore(RestoredStream saved);
}
