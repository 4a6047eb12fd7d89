using CodegenStreaming.Execution;
using CodegenStreaming.Outputs;

namespace CodegenStreaming;

public sealed partial class DStream<T>
{
    /// <summary>Prints the first records of each batch in Spark's form: a banner with the batch time, the records, and dots where there are more.</summary>
    /// <param name="num">How many records at most.</param>
    public OutputOperation Print(int num = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(num);
        return Context.AddOutput(new OutputOperation("Print", Node, [], (output, scope) =>
        {
            Node.Prepare(scope);
            var records = Actions.Take(scope, output.End, output.PlanRoute(scope, Node), num + 1);
            // The batch as one text: the writer is synchronized, so outputs that run at once do not mix.
            Context.Out.Write(PrintedBatch.Format(scope.Time!.Value, records, num));
            Context.Out.Flush();
        }));
    }
}
