using System.CommandLine;
using CodegenStreaming.Checkpoints;
using CodegenStreaming.CheckpointTool.Reading;
using CodegenStreaming.CheckpointTool.Schemas;

namespace CodegenStreaming.CheckpointTool;

/// <summary>The command <c>schemas</c>: what a checkpoint's states are made of, as text to be kept beside the program.</summary>
internal static class SchemasCommand
{
    private const string DefaultShipped = "StateSchema.Shipped.txt";
    private const string DefaultUnshipped = "StateSchema.Unshipped.txt";

    public static Command Create()
    {
        var directory = new Argument<string>("DIR") { Description = "The directory of the checkpoints." };
        var shipped = FileOption("--shipped", "The file of the schemas that were shipped.", DefaultShipped);
        var unshipped = FileOption("--unshipped", "The file of what has changed since; it is written.", DefaultUnshipped);
        var check = new System.CommandLine.Option<bool>("--check") { Description = "Write nothing; fail with the differences between the checkpoint and the files." };
        var ship = new System.CommandLine.Option<bool>("--ship") { Description = "Write all schemas as shipped, and none as unshipped." };
        var command = new Command("schemas", "Writes the schemas of a checkpoint's streams as text, a line for each field, or compares them with such text.")
        {
            directory, shipped, unshipped, check, ship,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(check) && result.GetValue(ship))
            {
                result.AddError("--check writes nothing: leave it or --ship out.");
            }
        });
        command.SetAction(parsed =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var (shippedPath, unshippedPath) = (parsed.GetValue(shipped)!, parsed.GetValue(unshipped)!);
            return CheckpointFolder.Use(parsed.GetValue(directory)!, error, store =>
            {
                if (ManifestFolder.Read(store).Newest is not { Content: { } content })
                {
                    error.WriteLine($"None of the checkpoints in {store.Location} can be used; inspect says why.");
                    return ExitCode.Damaged;
                }

                var lines = SchemaLines.Of(content.Data.Streams.Select(static stream => stream.Identity));
                var files = new SchemaFiles(shippedPath, unshippedPath);
                if (parsed.GetValue(check))
                {
                    return Check(lines, files.ReadDeclared(), output);
                }

                if (parsed.GetValue(ship))
                {
                    files.Ship(lines);
                }
                else
                {
                    files.Write(lines);
                }

                output.WriteLine($"{(parsed.GetValue(ship) ? shippedPath : unshippedPath)} is written; the checkpoint has {lines.Count} lines of schemas.");
                return ExitCode.Whole;
            });
        });
        return command;
    }

    private static int Check(IReadOnlyCollection<string> lines, IReadOnlyCollection<string> declared, TextWriter output)
    {
        (char Mark, string Line)[] differences =
        [
            .. declared.Except(lines).Select(static line => ('-', line)),
            .. lines.Except(declared).Select(static line => ('+', line)),
        ];
        foreach (var (mark, line) in differences.OrderBy(static difference => difference.Line, StringComparer.Ordinal))
        {
            output.WriteLine($"{mark} {line}");
        }

        output.WriteLine(differences.Length == 0
            ? $"The checkpoint and the files have the same {lines.Count} lines of schemas."
            : $"The checkpoint differs from the files: {differences.Count(static difference => difference.Mark == '+')} lines that they lack, {differences.Count(static difference => difference.Mark == '-')} that only they have.");
        return differences.Length == 0 ? ExitCode.Whole : ExitCode.Damaged;
    }

    private static System.CommandLine.Option<string> FileOption(string name, string description, string defaultPath) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => defaultPath,
        HelpName = "FILE",
    };
}
