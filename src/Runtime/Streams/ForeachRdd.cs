namespace CodegenStreaming;

public sealed partial class DStream<T>
{
    /// <summary>Calls a function with each batch's data set. It runs on the driver; what its actions are given runs in tasks.</summary>
    /// <param name="function">Must contain an action (such as <c>Foreach</c>), or the data is dropped.</param>
    public OutputOperation ForeachRdd(Action<Rdd<T>> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return AddForeachRdd((rdd, _) => function(rdd), function);
    }

    /// <summary>Calls a function with each batch's data set and its time.</summary>
    /// <param name="function">Must contain an action (such as <c>Foreach</c>), or the data is dropped.</param>
    public OutputOperation ForeachRdd(Action<Rdd<T>, BatchTime> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return AddForeachRdd(function, function);
    }

    private OutputOperation AddForeachRdd(Action<Rdd<T>, BatchTime> function, Delegate userFunction)
    {
        Node.MarkShared();
        return Context.AddOutput(new OutputOperation(
            "ForeachRdd",
            Node,
            [userFunction],
            (output, scope) => function(
                scope.HandOver(output.Id, (Node, output.Pipeline), static (scope, of) => new Rdd<T>(scope, of.Node, of.Pipeline)), scope.Time!.Value)));
    }
}
