using System.CommandLine;
using CodegenStreaming.Samples;

var blocked = new Option<string>("--blocked")
{
    Description = "The words to leave out, with commas between.",
    HelpName = "WORDS",
    DefaultValueFactory = _ => "to,is,the,that,it,in",
};
var output = new Option<FileInfo>("--output")
{
    Description = "The file to which counts are appended.",
    HelpName = "FILE",
    DefaultValueFactory = _ => new FileInfo(Path.Combine(Path.GetTempPath(), "blocked-words.txt")),
};
var rate = SampleOptions.AtLeastOne("--rate", "How many lines a second.", "LINES_PER_SECOND", 100);
var interval = SampleOptions.Interval();
var batches = SampleOptions.Batches();

var command = new RootCommand("Counts the words of each batch, but those of a list, and counts how many it has left out.") { blocked, output, rate, interval, batches };
command.SetAction((parsed, _) => BlockedWordsProgram.RunAsync(
    parsed.GetValue(blocked)!.Split(','), parsed.GetValue(output)!.FullName, parsed.GetValue(rate), parsed.GetValue(interval), parsed.GetValue(batches)));
return await SampleOptions.RunAsync(command, args);
