using System.CommandLine;

namespace CodegenStreaming.CheckpointTool;

/// <summary>Looks into checkpoints from a command line. It reads and never writes, but for the files of schemas that it is asked for.</summary>
internal static class Program
{
    internal static int Main(string[] arguments) => Run(arguments, Console.Out, Console.Error, TimeProvider.System);

    /// <param name="arguments">What stands behind the program's name.</param>
    /// <param name="output">Where the answer goes.</param>
    /// <param name="error">Where it goes why there is none.</param>
    /// <param name="time">The clock, by which a lease is over.</param>
    internal static int Run(string[] arguments, TextWriter output, TextWriter error, TimeProvider time)
    {
        var root = new RootCommand("Looks into the checkpoints of CodegenStreaming programs.")
        {
            InspectCommand.Create(time),
            SchemasCommand.Create(),
        };
        var parsed = root.Parse(arguments);
        var code = parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return parsed.Errors.Count > 0 ? ExitCode.Unusable : code;
    }
}
