using System.CommandLine;
using CodegenStreaming.Samples;

var connection = new Option<string?>("--connection")
{
    Description = "A PostgreSQL server, such as 'Host=localhost;Username=app;Database=words'. Without it the program starts one of its own, if PostgreSQL is installed.",
};
var rate = new Option<int>("--rate") { Description = "How many lines a second.", HelpName = "LINES_PER_SECOND", DefaultValueFactory = _ => 100 };
var batches = new Option<int?>("--batches") { Description = "End after this many batches; otherwise Ctrl+C ends.", HelpName = "N" };

var command = new RootCommand("Counts words, every second, and writes the counts to PostgreSQL.") { connection, rate, batches };
command.SetAction((parsed, _) => PostgresSinkProgram.RunAsync(parsed.GetValue(connection), parsed.GetValue(rate), parsed.GetValue(batches)));
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
