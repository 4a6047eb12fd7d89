using System.CommandLine;

namespace CodegenStreaming.Benchmarks.Page;

/// <summary>The command <c>page</c>: writes the tables of docs/performance.md from the results that are committed.</summary>
internal static class PageCommand
{
    public static Command Create()
    {
        var root = new System.CommandLine.Option<DirectoryInfo>("--root")
        {
            Description = "The repository's root.",
            DefaultValueFactory = _ => new DirectoryInfo(Environment.CurrentDirectory),
            HelpName = "FOLDER",
        };
        var check = new System.CommandLine.Option<bool>("--check") { Description = "Write nothing; fail if the page is not what the results say." };
        var command = new Command("page", "Writes the tables of docs/performance.md from benchmarks/results/*.json.") { root, check };
        command.SetAction(parsed => Run(parsed.GetValue(root)!.FullName, parsed.GetValue(check)));
        return command;
    }

    private static int Run(string root, bool check)
    {
        var path = Path.Combine(root, "docs", "performance.md");
        var before = File.ReadAllText(path);
        var after = PageTables.Read(Path.Combine(root, "benchmarks", "results")).WriteInto(before);
        if (before == after)
        {
            return 0;
        }

        if (check)
        {
            Console.Error.WriteLine("docs/performance.md does not show benchmarks/results: run 'dotnet run -c Release --project benchmarks -- page'.");
            return 1;
        }

        File.WriteAllText(path, after);
        Console.WriteLine($"{path} written.");
        return 0;
    }
}
