using CodegenStreaming.Execution.Windows;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>
    /// The records of the latest batches: at the multiples of a slide, those of all batches that are not earlier than a length. They are the batches' own blocks,
    /// kept as long as a window needs them. While the stream begins a window has what there is.
    /// </summary>
    /// <param name="windowDuration">The window's length: a multiple of this stream's slide.</param>
    /// <param name="slideDuration">The time between two windows: a multiple of this stream's slide, which it is when null.</param>
    /// <exception cref="ArgumentException">A duration is no multiple of this stream's slide, or not more than zero.</exception>
    public DStream<T> Window(TimeSpan windowDuration, TimeSpan? slideDuration = null)
    {
        var range = Context.WindowRange(Node, windowDuration, slideDuration);
        return Derive(new WindowNode<T>("Window", Context.Graph.HistoryOf(Node), range));
    }
}
