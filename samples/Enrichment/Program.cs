using System.CommandLine;
using CodegenStreaming.Samples;

var address = new Option<Uri?>("--service")
{
    CustomParser = result => new Uri(result.Tokens[0].Value),
    Description = "An HTTP service that answers GET <article> with a price. Without it the program starts one of its own, which is slow and sometimes fails.",
};
var rate = SampleOptions.AtLeastOne("--rate", "How many orders a second.", "ORDERS_PER_SECOND", 200);
var batches = SampleOptions.Batches();

var command = new RootCommand("Enriches a stream of orders with prices that an HTTP service knows, every second.") { address, rate, batches };
command.SetAction((parsed, _) => EnrichmentProgram.RunAsync(parsed.GetValue(address), parsed.GetValue(rate), parsed.GetValue(batches)));
return await SampleOptions.RunAsync(command, args);
