using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>Applies a function to the data sets of this stream and another one in each batch.</summary>
    /// <param name="other">The other stream, of the same context.</param>
    /// <param name="function">Gives the new data set; it must not be null.</param>
    public DStream<TOut> TransformWith<TOther, TOut>(DStream<TOther> other, Func<Rdd<T>, Rdd<TOther>, BatchTime, Rdd<TOut>> function)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(function);
        Context.CheckSame(other.Context);
        Node.MarkShared();
        other.Node.MarkShared();
        DStream<TOut>? result = null;
        return result = Derive(new TransformNode<TOut>(
            [Node, other.Node],
            scope => function(
                new Rdd<T>(scope, Node, result!.Node.Pipeline),
                new Rdd<TOther>(scope, other.Node, result.Node.Pipeline),
                scope.Time!.Value)?.Node,
            function));
    }
}
