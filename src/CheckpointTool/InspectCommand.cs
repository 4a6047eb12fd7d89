using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using CodegenStreaming.Checkpoints;
using CodegenStreaming.CheckpointTool.Reading;
using CodegenStreaming.CheckpointTool.Reports;

namespace CodegenStreaming.CheckpointTool;

/// <summary>The command <c>inspect</c>: what is in a checkpoint, and whether it is whole.</summary>
internal static class InspectCommand
{
    private const int DefaultCount = 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(TimeProvider time)
    {
        var directory = new Argument<string>("DIR") { Description = "The directory of the checkpoints." };
        var keys = new System.CommandLine.Option<string?>("--keys") { Description = "Show keys and states of this stream, those that changed last first; or its records.", HelpName = "STREAM" };
        var count = new System.CommandLine.Option<int>("--count") { Description = "How many of them.", DefaultValueFactory = _ => DefaultCount, HelpName = "N" };
        var json = new System.CommandLine.Option<bool>("--json") { Description = "Write the report for programs." };
        count.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var number) && number < 1)
            {
                result.AddError("--count must be one or more.");
            }
        });
        var command = new Command("inspect", "Shows what a checkpoint holds and checks every file. The exit code is 0 when a restart finds everything as it was written, 1 when there is damage, 2 when there is no checkpoint.")
        {
            directory, keys, count, json,
        };
        command.SetAction(parsed =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            return CheckpointFolder.Use(parsed.GetValue(directory)!, error, store => parsed.GetValue(keys) is { } stream
                ? ShowKeys(store, stream, parsed.GetValue(count), output, error)
                : Show(store, time, parsed.GetValue(json), output));
        });
        return command;
    }

    private static int Show(ICheckpointStore store, TimeProvider time, bool asJson, TextWriter output)
    {
        var report = new ReportMaker(store, time).Make();
        if (asJson)
        {
            output.WriteLine(JsonSerializer.Serialize(report, Json));
        }
        else
        {
            ReportText.Write(output, report);
        }

        return report.IsWhole ? ExitCode.Whole : ExitCode.Damaged;
    }

    private static int ShowKeys(ICheckpointStore store, string stream, int count, TextWriter output, TextWriter error)
    {
        if (ManifestFolder.Read(store).Newest is not { Content: { } content } newest)
        {
            error.WriteLine($"None of the checkpoints in {store.Location} can be used; inspect without --keys says why.");
            return ExitCode.Damaged;
        }

        if (StreamChoice.Find(content, stream, out var problem) is not { } chosen)
        {
            error.WriteLine(problem);
            return ExitCode.Unusable;
        }

        new EntryListing(store, content, output).Write(chosen.Identity, chosen.Saved, newest.Number, count);
        return ExitCode.Whole;
    }
}
