using System.CommandLine;
using CodegenStreaming.Samples;

var rate = SampleOptions.AtLeastOne("--rate", "How many requests a second there are.", "REQUESTS_PER_SECOND", 200);
var interval = SampleOptions.Interval();
var batches = SampleOptions.Batches();

var command = new RootCommand("Counts requests, and lets another thread ask for the counts of the latest batches.") { rate, interval, batches };
command.SetAction((parsed, _) => LatestMinutesProgram.RunAsync(parsed.GetValue(rate), parsed.GetValue(interval), parsed.GetValue(batches)));
return await SampleOptions.RunAsync(command, args);
