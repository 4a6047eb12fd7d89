using CodegenStreaming.Execution.Operators;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>Applies a function to each batch's data set. It runs on the driver in every batch, so what it uses may change between batches.</summary>
    /// <param name="function">Gives the new data set; it must not be null.</param>
    public DStream<TOut> Transform<TOut>(Func<Rdd<T>, Rdd<TOut>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        Node.MarkShared();
        DStream<TOut>? result = null;
        return result = Derive(new TransformNode<TOut>(
            [Node],
            scope => function(new Rdd<T>(scope, Node, result!.Node.Pipeline))?.Node,
            function));
    }

    /// <summary>Applies a function to each batch's data set and its time.</summary>
    /// <param name="function">Gives the new data set; it must not be null.</param>
    public DStream<TOut> Transform<TOut>(Func<Rdd<T>, BatchTime, Rdd<TOut>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        Node.MarkShared();
        DStream<TOut>? result = null;
        return result = Derive(new TransformNode<TOut>(
            [Node],
            scope => function(new Rdd<T>(scope, Node, result!.Node.Pipeline), scope.Time!.Value)?.Node,
            function));
    }
}
