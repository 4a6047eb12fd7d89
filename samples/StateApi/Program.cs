using System.CommandLine;
using CodegenStreaming.Samples;

var port = new System.CommandLine.Option<int>("--port") { Description = "The port on loopback; 0 for a free one.", DefaultValueFactory = _ => 5080 };
var rate = SampleOptions.AtLeastOne("--rate", "How many lines a second.", "LINES_PER_SECOND", 100);
var checkpoint = SampleOptions.Checkpoint();
var batches = SampleOptions.Batches();

var command = new RootCommand("Counts words every second, and answers over HTTP how often each of them came.") { port, rate, checkpoint, batches };
command.SetAction((parsed, _) => StateApiProgram.RunAsync(parsed.GetValue(port), parsed.GetValue(rate), parsed.GetValue(checkpoint), parsed.GetValue(batches)));
return await SampleOptions.RunAsync(command, args);
