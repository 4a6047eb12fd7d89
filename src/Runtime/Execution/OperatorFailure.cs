namespace CodegenStreaming.Execution;

/// <summary>Carries an exception of a user's function with the operator that it belongs to. Never leaves the engine.</summary>
internal sealed class OperatorFailure(DatasetNode node, Exception cause) : Exception(cause.Message, cause)
{
    public DatasetNode Node => node;

    public Exception Cause => InnerException!;

    /// <summary>The records of an operator; what computing them throws bears the operator's name, the innermost operator first.</summary>
    public static IEnumerable<T> Attribute<T>(DatasetNode<T> node, TaskScope task, int partition)
    {
        using var enumerator = Guard(node, () => node.Compute(task, partition).GetEnumerator());
        while (Guard(node, enumerator.MoveNext))
        {
            yield return enumerator.Current;
        }
    }

    private static TResult Guard<TResult>(DatasetNode node, Func<TResult> step)
    {
        try
        {
            return step();
        }
        catch (Exception exception) when (exception is not OperatorFailure)
        {
            throw new OperatorFailure(node.Called, exception);
        }
    }
}
