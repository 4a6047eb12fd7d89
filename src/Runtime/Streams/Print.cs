using CodegenStreaming.Outputs;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>Prints the first records of each batch in Spark's form: a banner with the batch time, the records, and dots where there are more.</summary>
    /// <param name="num">How many records at most.</param>
    public OutputOperation Print(int num = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(num);
        var printer = new BatchPrinter<T>(Context.Out, num);
        return Context.AddOutput(new OutputOperation("Print", Node, [], (output, scope) =>
        {
            Node.Prepare(scope);
            printer.Print(scope, output.End, output.PlanRoute(scope, Node));
        }));
    }
}
