using CodegenStreaming.Sources;

namespace CodegenStreaming;

public partial class Rdd<T>
{
    /// <summary>
    /// The ranges that a batch of <c>DirectStream</c> reads: the i-th partition holds the records of the i-th range. For outputs that store positions and results in one
    /// transaction. Empty for a batch without records. Computes nothing.
    /// </summary>
    /// <typeparam name="TPosition">The type of the source's positions.</typeparam>
    /// <exception cref="InvalidOperationException">The data set is not that of the stream itself but was made of it, or its positions are of another type.</exception>
    public IReadOnlyList<DirectRange<TPosition>> Ranges<TPosition>()
    {
        if (Node is IRangesNode<TPosition> ranges && _batch is not null)
        {
            return ranges.RangesOf(_batch);
        }

        throw new InvalidOperationException(Node is IRangesNode other
            ? $"The positions of {Node.Describe()} are of type {other.PositionType}, not {typeof(TPosition)}."
            : $"{Node.Describe()} has no ranges: ask the data set of DirectStream itself for them, before other operators are called on it.");
    }
}
