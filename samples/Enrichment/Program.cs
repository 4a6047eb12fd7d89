using System.CommandLine;
using CodegenStreaming.Samples;

var address = new Option<Uri?>("--service")
{
    CustomParser = result => new Uri(result.Tokens[0].Value),
    Description = "An HTTP service that answers GET <article> with a price. Without it the program starts one of its own, which is slow and sometimes fails.",
};
var rate = new Option<int>("--rate") { Description = "How many orders a second.", HelpName = "ORDERS_PER_SECOND", DefaultValueFactory = _ => 200 };
var batches = new Option<int?>("--batches") { Description = "End after this many batches; otherwise Ctrl+C ends.", HelpName = "N" };

var command = new RootCommand("Enriches a stream of orders with prices that an HTTP service knows, every second.") { address, rate, batches };
command.SetAction((parsed, _) => EnrichmentProgram.RunAsync(parsed.GetValue(address), parsed.GetValue(rate), parsed.GetValue(batches)));
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
