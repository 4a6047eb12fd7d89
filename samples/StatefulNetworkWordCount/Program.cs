using System.CommandLine;
using CodegenStreaming.Samples;

var host = new Argument<string?>("HOST")
{
    Description = "A server that sends lines of text, such as 'nc -lk 9999'. Without it the program starts a server of its own.",
    Arity = ArgumentArity.ZeroOrOne,
};
var port = new Argument<int?>("PORT") { Description = "The server's port.", Arity = ArgumentArity.ZeroOrOne };
var rate = SampleOptions.AtLeastOne("--rate", "How many lines a second the program's own server sends.", "LINES_PER_SECOND", 100);
var interval = SampleOptions.Interval();
var checkpoint = SampleOptions.Checkpoint();
var batches = SampleOptions.Batches();

var command = new RootCommand("Counts the words of a text stream from the start on, beginning with one 'hello' and one 'world'.") { host, port, rate, interval, checkpoint, batches };
command.Validators.Add(result =>
{
    if (result.GetValue(host) is not null && result.GetValue(port) is not (>= 1 and <= ushort.MaxValue))
    {
        result.AddError("HOST needs a PORT from 1 to 65535, such as: localhost 9999");
    }
});
command.SetAction((parsed, _) => StatefulNetworkWordCountProgram.RunAsync(
    parsed.GetValue(host), parsed.GetValue(port), parsed.GetValue(rate), parsed.GetValue(interval), parsed.GetValue(checkpoint), parsed.GetValue(batches)));
return await SampleOptions.RunAsync(command, args);
