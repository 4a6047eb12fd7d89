using System.CommandLine;
using CodegenStreaming.Samples;

var timeout = SampleOptions.AtLeastOne("--timeout", "After how many batches without a page a visit has ended.", "BATCHES", 2);
var visitors = SampleOptions.AtLeastOne("--visitors", "How many people are there at a time.", "N", 8);
var rate = SampleOptions.AtLeastOne("--rate", "How many pages a second are looked at.", "VIEWS_PER_SECOND", 40);
var interval = SampleOptions.Interval();
var checkpoint = SampleOptions.Checkpoint();
var batches = SampleOptions.Batches();

var command = new RootCommand("Follows the visits of people to a web site, and tells of each what it was when it has ended.") { timeout, visitors, rate, interval, checkpoint, batches };
command.SetAction((parsed, _) => SessionsProgram.RunAsync(
    parsed.GetValue(timeout), parsed.GetValue(visitors), parsed.GetValue(rate), parsed.GetValue(interval), parsed.GetValue(checkpoint), parsed.GetValue(batches)));
return await SampleOptions.RunAsync(command, args);
