using CodegenStreaming.Execution.Operators;
using CodegenStreaming.Execution.Windows;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>Folds the records of a window into one: each batch once, then what batches gave. Nothing for a window without records.</summary>
    /// <param name="reduceFunction">Associative. It is given values in the order of their batches and partitions.</param>
    /// <param name="windowDuration">The window's length: a multiple of this stream's slide.</param>
    /// <param name="slideDuration">The time between two windows: a multiple of this stream's slide, which it is when null.</param>
    /// <exception cref="ArgumentException">A duration is no multiple of this stream's slide, or not more than zero.</exception>
    public DStream<T> ReduceByWindow(Func<T, T, T> reduceFunction, TimeSpan windowDuration, TimeSpan? slideDuration = null)
    {
        ArgumentNullException.ThrowIfNull(reduceFunction);
        var range = Context.WindowRange(Node, windowDuration, slideDuration);
        var batch = new ReduceNode<T>(Node, reduceFunction, "ReduceByWindow") { IsImplied = true };
        return Derive(new ReduceWindowNode<T>(Context.Graph.HistoryOf(batch), range, reduceFunction));
    }

    /// <summary>
    /// The same from the window before: what has left it is taken out, then what has entered is added, so that a slide costs what changes. Nothing before
    /// the first record of all; from then on always one, also for a window without records.
    /// </summary>
    /// <param name="reduceFunction">Associative and commutative.</param>
    /// <param name="inverseReduceFunction">Takes the second value out of the first: <c>inverse(reduce(x, y), y)</c> is x.</param>
    /// <param name="windowDuration">The window's length: a multiple of this stream's slide.</param>
    /// <param name="slideDuration">The time between two windows: a multiple of this stream's slide, which it is when null.</param>
    /// <exception cref="ArgumentException">A duration is no multiple of this stream's slide, or not more than zero.</exception>
    public DStream<T> ReduceByWindow(
        Func<T, T, T> reduceFunction, Func<T, T, T> inverseReduceFunction, TimeSpan windowDuration, TimeSpan? slideDuration = null)
    {
        ArgumentNullException.ThrowIfNull(reduceFunction);
        ArgumentNullException.ThrowIfNull(inverseReduceFunction);
        var range = Context.WindowRange(Node, windowDuration, slideDuration);
        var batch = new ReduceNode<T>(Node, reduceFunction, "ReduceByWindow") { IsImplied = true };
        return Derive(new InverseReduceWindowNode<T>("ReduceByWindow", Context.Graph.HistoryOf(batch), range, reduceFunction, inverseReduceFunction));
    }
}
