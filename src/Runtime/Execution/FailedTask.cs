namespace CodegenStreaming.Execution;

/// <summary>Finds the operator that made a task fail.</summary>
internal static class FailedTask
{
    /// <summary>
    /// Inlined functions have no stack frame: the task is run again through the delegates, which have. Records go through the chain one by one, in the
    /// order in which they did before, so the function that throws is the one that threw; what no operator before it throws is the end's. Asynchronous steps
    /// are not taken again: they act on the world, and have noted what they did.
    /// </summary>
    public static StreamingTaskException Attribute(EvaluationScope scope, StageEnd end, StageWork work, TaskScope failed, Exception exception)
    {
        if (exception is AttributedFailure known)
        {
            return Failure(scope, known.Blamed, failed, known.InnerException!);
        }

        var (blamed, cause) = (end, exception);
        (string, long)? record = null;
        var replayed = TaskScope.ForReplay(scope, failed);
        try
        {
            work.Replay(replayed);
        }
        catch (OperatorFailure failure) when (IsSame(failure.Cause, exception))
        {
            (blamed, cause, record) = (failure.Node, failure.Cause, replayed.Screen!.Find(failure));
        }
#pragma warning disable CA1031 // The replay only adds information.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        replayed.Abandon();
        return Failure(scope, blamed, failed, cause, record);
    }

    private static StreamingTaskException Failure(EvaluationScope scope, StageEnd blamed, TaskScope failed, Exception cause, (string Source, long Position)? record = null) =>
        new(scope.Time, blamed.Id, blamed.OperatorName, blamed.Name, failed.Partition, failed.Attempt, blamed.Site?.File, blamed.Site?.Line, cause)
        {
            RecordSource = record?.Source,
            RecordPosition = record?.Position,
        };

    private static bool IsSame(Exception replayed, Exception thrown) => replayed.GetType() == thrown.GetType();
}
