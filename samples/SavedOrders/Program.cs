using System.CommandLine;
using CodegenStreaming.Samples;

var folder = new Option<DirectoryInfo>("--folder")
{
    Description = "Where the files are saved. What lies there from earlier runs is part of the report. Without it they lie in a folder that goes with the program.",
    HelpName = "FOLDER",
};
var rate = SampleOptions.AtLeastOne("--rate", "How many orders a second.", "ORDERS_PER_SECOND", 200);
var interval = SampleOptions.Interval();
var batches = SampleOptions.AtLeastOne("--batches", "How many batches to save, and how many to compare with them then.", "N", 3);

var command = new RootCommand("Saves orders as object files and as text, reads them back for a report, and then compares new orders with them.") { folder, rate, interval, batches };
command.SetAction((parsed, _) => SavedOrdersProgram.RunAsync(
    parsed.GetValue(folder)?.FullName, parsed.GetValue(rate), parsed.GetValue(interval), parsed.GetValue(batches)));
return await SampleOptions.RunAsync(command, args);
