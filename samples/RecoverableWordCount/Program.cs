using System.CommandLine;
using CodegenStreaming.Samples;

var folder = new System.CommandLine.Option<string>("--folder")
{
    Description = "Where the log of lines and the checkpoints are. Start the program again with the same folder, and it goes on.",
    HelpName = "DIRECTORY",
    DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "recoverable-word-count"),
};
var rate = SampleOptions.AtLeastOne("--rate", "How many lines a second are written to the log.", "LINES_PER_SECOND", 100);
var interval = SampleOptions.Interval();
var batches = SampleOptions.Batches();

var command = new RootCommand("Counts the words of a log from its beginning on, however often the program is killed and started again.") { folder, rate, interval, batches };
command.SetAction((parsed, _) => RecoverableWordCountProgram.RunAsync(
    parsed.GetValue(folder)!, parsed.GetValue(rate), parsed.GetValue(interval), parsed.GetValue(batches)));
return await SampleOptions.RunAsync(command, args);
