using System.CommandLine;
using CodegenStreaming.Samples;

var rate = SampleOptions.AtLeastOne("--rate", "How many messages a second come in.", "MESSAGES_PER_SECOND", 200);
var interval = SampleOptions.Interval();
var batches = SampleOptions.Batches();

var command = new RootCommand("Counts messages by sender, but those of senders of spam: a stream joined with a data set that changes.") { rate, interval, batches };
command.SetAction((parsed, _) => SpamFilterProgram.RunAsync(parsed.GetValue(rate), parsed.GetValue(interval), parsed.GetValue(batches)));
return await SampleOptions.RunAsync(command, args);
