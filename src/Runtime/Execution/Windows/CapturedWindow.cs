using CodegenStreaming.Checkpoints;
using CodegenStreaming.Codecs;
using CodegenStreaming.Execution.Saving;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Execution.Windows;

/// <summary>A window with an inverse, captured: its state and what is inside, and the length and slide that these belong to.</summary>
internal sealed class CapturedWindow(WindowRange range, BlockPool pool, CapturedStream state, CapturedStream inside) : CapturedStream
{
    public override SavedStream Write(Func<ReadOnlySpan<byte>, CheckpointFile> write) => range.Join(state.Write(write), inside.Write(write), pool);

    public override void Dispose()
    {
        state.Dispose();
        inside.Dispose();
    }
}

/// <summary>How both are written as one.</summary>
internal static class SavedWindow
{
    public static SavedStream Join(this WindowRange range, SavedStream state, SavedStream inside, BlockPool pool)
    {
        return new SavedStream([.. state.Files, .. inside.Files], RecordBytes.Of(pool, (ref RecordWriter writer) =>
        {
            writer.WriteInt32(range.Length);
            writer.WriteInt32(range.Slide);
            writer.WriteInt32(state.Files.Count);
            writer.WriteText(state.Content.Span);
            writer.WriteText(inside.Content.Span);
        }));
    }

    /// <exception cref="IncompatibleStateException">The window has another length or slide now.</exception>
    /// <exception cref="CorruptRecordException">It is damaged.</exception>
    public static (SavedStream State, SavedStream Inside) Divide(this WindowRange range, SavedStream saved, DatasetNode window)
    {
        var reader = new RecordReader(saved.Content.Span);
        var (length, slide, files) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        if ((length, slide) != (range.Length, range.Slide))
        {
            throw new IncompatibleStateException(
                window.Called.Describe(),
                $"The checkpoint has a window of {length} batches with a slide of {slide}; it is {range.Length} and {range.Slide} now. What an inverse function has taken out "
                + "cannot be put back. Keep its length and slide.");
        }

        if ((uint)files > (uint)saved.Files.Count)
        {
            reader.Fail("More files are meant than are named");
        }

        return (
            new SavedStream([.. saved.Files.Take(files)], reader.ReadText().ToArray()),
            new SavedStream([.. saved.Files.Skip(files)], reader.ReadText().ToArray()));
    }
}
