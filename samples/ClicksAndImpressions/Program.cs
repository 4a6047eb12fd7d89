using System.CommandLine;
using CodegenStreaming.Samples;

var patience = SampleOptions.AtLeastOne("--patience", "For how many batches a shown advertisement waits for its click.", "BATCHES", 5);
var rate = SampleOptions.AtLeastOne("--rate", "How many advertisements a second are shown.", "VIEWS_PER_SECOND", 200);
var interval = SampleOptions.Interval();
var batches = SampleOptions.Batches();

var command = new RootCommand("Finds the advertisements that the latest clicks belong to: a short window joined with a long one.") { patience, rate, interval, batches };
command.SetAction((parsed, _) => ClicksAndImpressionsProgram.RunAsync(
    parsed.GetValue(patience), parsed.GetValue(rate), parsed.GetValue(interval), parsed.GetValue(batches)));
return await SampleOptions.RunAsync(command, args);
