using System.CommandLine;

namespace CodegenStreaming.Samples;

/// <summary>Options that samples have in common.</summary>
internal static class SampleOptions
{
    public static System.CommandLine.Option<int?> Batches()
    {
        var option = new System.CommandLine.Option<int?>("--batches") { Description = "End after this many batches; otherwise Ctrl+C ends.", HelpName = "N" };
        RequireAtLeastOne(option);
        return option;
    }

    public static System.CommandLine.Option<int> Interval() => AtLeastOne("--interval", "The time between two batches, in milliseconds.", "MILLISECONDS", 1000);

    public static System.CommandLine.Option<string?> Checkpoint() => new("--checkpoint")
    {
        Description = "Where states are saved, so that the next run goes on from there. Without it they end with the program.",
        HelpName = "DIRECTORY",
    };

    public static System.CommandLine.Option<int> AtLeastOne(string name, string description, string unit, int otherwise)
    {
        var option = new System.CommandLine.Option<int>(name) { Description = description, HelpName = unit, DefaultValueFactory = _ => otherwise };
        RequireAtLeastOne(option);
        return option;
    }

    /// <summary>Runs a command. Signals are the program's own business: a graceful stop may take longer than the parser would wait.</summary>
    public static Task<int> RunAsync(RootCommand command, string[] arguments) =>
        command.Parse(arguments).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

    private static void RequireAtLeastOne(Option option) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int?>() < 1)
        {
            result.AddError($"{option.Name} is at least 1.");
        }
    });
}
