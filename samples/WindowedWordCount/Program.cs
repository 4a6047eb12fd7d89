using System.CommandLine;
using CodegenStreaming.Samples;

var window = SampleOptions.AtLeastOne("--window", "How many batches a window has.", "BATCHES", 10);
var slide = SampleOptions.AtLeastOne("--slide", "How many batches lie between two windows.", "BATCHES", 2);
var rate = SampleOptions.AtLeastOne("--rate", "How many lines a second.", "LINES_PER_SECOND", 100);
var interval = SampleOptions.Interval();
var checkpoint = SampleOptions.Checkpoint();
var batches = SampleOptions.Batches();

var command = new RootCommand("Counts the words of the latest batches, in a window that slides.") { window, slide, rate, interval, checkpoint, batches };
command.SetAction((parsed, _) => WindowedWordCountProgram.RunAsync(
    parsed.GetValue(window), parsed.GetValue(slide), parsed.GetValue(rate), parsed.GetValue(interval), parsed.GetValue(checkpoint), parsed.GetValue(batches)));
return await SampleOptions.RunAsync(command, args);
