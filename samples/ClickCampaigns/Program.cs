using System.CommandLine;
using CodegenStreaming.Samples;

var campaigns = new Option<FileInfo>("--campaigns")
{
    Description = "A file of lines 'ad,campaign' for the ads banner, video and text. Change it while the program runs. Without it the program has one of its own, and changes it.",
    HelpName = "FILE",
};
campaigns.AcceptExistingOnly();
var rate = SampleOptions.AtLeastOne("--rate", "How many views and clicks a second each of the two web servers reports.", "EVENTS_PER_SECOND", 200);
var interval = SampleOptions.Interval();
var batches = SampleOptions.Batches();

var command = new RootCommand("Tells how often people click on the ads of each campaign, while ads are moved from campaign to campaign.") { campaigns, rate, interval, batches };
command.SetAction((parsed, _) => ClickCampaignsProgram.RunAsync(
    parsed.GetValue(campaigns)?.FullName, parsed.GetValue(rate), parsed.GetValue(interval), parsed.GetValue(batches)));
return await SampleOptions.RunAsync(command, args);
