using System.CommandLine;
using CodegenStreaming.Samples;

var window = SampleOptions.AtLeastOne("--window", "How many batches the tags are counted over.", "BATCHES", 10);
var rate = SampleOptions.AtLeastOne("--rate", "How many posts a second there are.", "POSTS_PER_SECOND", 200);
var interval = SampleOptions.Interval();
var checkpoint = SampleOptions.Checkpoint();
var batches = SampleOptions.Batches();

var command = new RootCommand("Tells which ten hashtags are used most in the latest posts.") { window, rate, interval, checkpoint, batches };
command.SetAction((parsed, _) => TopHashtagsProgram.RunAsync(
    parsed.GetValue(window), parsed.GetValue(rate), parsed.GetValue(interval), parsed.GetValue(checkpoint), parsed.GetValue(batches)));
return await SampleOptions.RunAsync(command, args);
