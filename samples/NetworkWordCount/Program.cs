using System.CommandLine;
using System.CommandLine.Parsing;
using CodegenStreaming.Samples;

var host = new Argument<string?>("HOST")
{
    Description = "A server that sends lines of text, such as 'nc -lk 9999'. Without it the program starts a server of its own.",
    Arity = ArgumentArity.ZeroOrOne,
};
var port = new Argument<int?>("PORT") { Description = "The server's port.", Arity = ArgumentArity.ZeroOrOne };
var rate = new Option<int>("--rate")
{
    Description = "How many lines a second the program's own server sends.",
    HelpName = "LINES_PER_SECOND",
    DefaultValueFactory = _ => 1000,
};
var batches = new Option<int?>("--batches") { Description = "End after this many batches; otherwise Ctrl+C ends.", HelpName = "N" };
var utf8 = new Option<bool>("--utf8") { Description = "Keep the text in UTF-8, as it was received, and make no strings of it." };

var command = new RootCommand("Counts the words of a text stream, every second. Ctrl+C stops it when what was received is counted.")
{
    host, port, rate, batches, utf8,
};
rate.Validators.Add(result => Require(result, result.GetValueOrDefault<int>() >= 1, "--rate is at least 1."));
batches.Validators.Add(result => Require(result, result.GetValueOrDefault<int?>() is not < 1, "--batches is at least 1."));
port.Validators.Add(result => Require(result, result.GetValueOrDefault<int?>() is null or (>= 1 and <= ushort.MaxValue), "PORT is a number from 1 to 65535."));
command.Validators.Add(result => Require(
    result,
    result.GetResult(host) is not { Tokens.Count: > 0 } || result.GetResult(port) is { Tokens.Count: > 0 },
    "HOST needs a PORT, such as: localhost 9999"));
command.SetAction((parsed, _) => WordCountProgram.RunAsync(
    new WordCountArguments(
        parsed.GetValue(host), parsed.GetValue(port) ?? 0, parsed.GetValue(rate), parsed.GetValue(batches), parsed.GetValue(utf8))));

// Signals are the program's own business: a graceful stop may take longer than the parser would wait.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

static void Require(SymbolResult result, bool isMet, string message)
{
    if (!isMet)
    {
        result.AddError(message);
    }
}
