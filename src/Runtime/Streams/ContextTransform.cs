using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public sealed partial class StreamingContext
{
    /// <summary>
    /// Applies a function to the data sets of several streams in each batch. It runs on the driver in every batch, so what it uses may change between
    /// batches. For streams of unlike types see <see cref="DStream{T}.TransformWith{TOther, TOut}"/>.
    /// </summary>
    /// <param name="streams">At least one stream of this context.</param>
    /// <param name="function">Is given the data sets in the order of the streams; gives the new data set, which must not be null.</param>
    /// <exception cref="ArgumentException">There is no stream, or one belongs to another context.</exception>
    public DStream<TOut> Transform<T, TOut>(IEnumerable<DStream<T>> streams, Func<IReadOnlyList<Rdd<T>>, BatchTime, Rdd<TOut>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var all = CheckStreams(streams, "A transformation");
        foreach (var stream in all)
        {
            stream.Node.MarkShared();
        }

        DStream<TOut>? result = null;
        return result = AddOperator(new TransformNode<TOut>(
            [.. all.Select(stream => stream.Node)],
            scope => function([.. all.Select(stream => new Rdd<T>(scope, stream.Node, result!.Node.Pipeline))], scope.Time!.Value)?.Node,
            function));
    }
}
