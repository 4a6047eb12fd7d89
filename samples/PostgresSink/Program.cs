using System.CommandLine;
using CodegenStreaming.Samples;

var connection = new Option<string?>("--connection")
{
    Description = "A PostgreSQL server, such as 'Host=localhost;Username=app;Database=words'. Without it the program starts one of its own, if PostgreSQL is installed.",
};
var rate = SampleOptions.AtLeastOne("--rate", "How many lines a second.", "LINES_PER_SECOND", 100);
var batches = SampleOptions.Batches();

var command = new RootCommand("Counts words, every second, and writes the counts to PostgreSQL.") { connection, rate, batches };
command.SetAction((parsed, _) => PostgresSinkProgram.RunAsync(parsed.GetValue(connection), parsed.GetValue(rate), parsed.GetValue(batches)));
return await SampleOptions.RunAsync(command, args);
