using CodegenStreaming.CheckpointTool.Reading;

namespace CodegenStreaming.CheckpointTool.Reports;

/// <summary>Writes a report for people.</summary>
internal static class ReportText
{
    public static void Write(TextWriter output, CheckpointReport report)
    {
        output.WriteLine($"Checkpoints in {report.Location}");
        WriteLease(output, report.Lease);
        WriteManifests(output, report.Manifests);
        if (report.Newest is { } content)
        {
            WriteProgress(output, content);
            WriteStreams(output, content.Streams);
            WriteInputs(output, content.Inputs);
            WriteBatches(output, content.Batches);
        }

        WriteFiles(output, "Files that no manifest needs", report.Others);
        WriteFiles(output, "Damaged files", [.. report.Files.Where(static file => file.Remark is not null)]);
        output.WriteLine();
        output.WriteLine(Verdict(report));
    }

    private static string Verdict(CheckpointReport report)
    {
        var damaged = report.Files.Count(static file => file.Remark is not null);
        var files = $"{Quantity.Count(report.Files.Count, "file")}, {Quantity.Bytes(report.Files.Sum(static file => file.Bytes))}";
        var checksums = damaged == 0 ? $"every checksum fits ({files})" : $"{Quantity.Count(damaged, "file")} damaged or missing (of {files})";
        if (report.IsWhole)
        {
            return $"Whole: a restart goes on from manifest {report.Manifests[0].Number}; {checksums}.";
        }

        return report.Manifests.FirstOrDefault(static manifest => manifest.IsNewest) is { } newest
            ? $"DAMAGED: a restart passes over manifest {report.Manifests[0].Number} and goes on from {newest.Number}; {checksums}."
            : $"DAMAGED: a restart finds no manifest that it can use; {checksums}.";
    }

    private static void WriteLease(TextWriter output, LeaseReport? lease)
    {
        Head(output, "Lease");
        if (lease is null)
        {
            output.WriteLine("  none");
            return;
        }

        var table = new AlignedTable("", "");
        table.Add("number", $"{lease.Number}, renewed {(lease.Renewals == 1 ? "once" : $"{Quantity.Count(lease.Renewals)} times")}");
        table.Add("application", PlainText.Of(lease.Application));
        table.Add("process", $"{lease.ProcessId} on {PlainText.Of(lease.Machine)}, started {Quantity.Time(lease.ProcessStarted)}");
        table.Add("until", $"{Quantity.Time(lease.Until)}, {lease.State}");
        table.Write(output);
    }

    private static void WriteManifests(TextWriter output, IReadOnlyList<ManifestReport> manifests)
    {
        Head(output, "Manifests");
        var table = new AlignedTable(">number", ">lease", ">files", ">size", "");
        foreach (var manifest in manifests)
        {
            var state = manifest.Problem is { } problem ? $"DAMAGED: {PlainText.Of(problem)}" : manifest.IsNewest ? "whole; a restart begins with it" : "whole";
            table.Add(
                $"{manifest.Number}", manifest.Lease is { } lease ? $"{lease}" : "-", Quantity.Count(manifest.Files), Quantity.Bytes(manifest.Bytes), state);
        }

        table.Write(output);
    }

    private static void WriteProgress(TextWriter output, ContentReport content)
    {
        Head(output, $"Batches of {Quantity.Duration(content.BatchInterval)}");
        var table = new AlignedTable("", ">", "");
        Add("saved after", content.Saved);
        Add("completed", content.Completed);
        Add("planned", content.Planned);
        if (content.Attempted is { } attempted)
        {
            table.Add("attempted", $"{attempted.Number}", $"{Quantity.Time(attempted.Time)}, begun {(content.Attempts == 1 ? "once" : $"{content.Attempts} times")} and not done");
        }

        table.Write(output);

        void Add(string what, BatchReport batch) => table.Add(what, $"{batch.Number}", Quantity.Time(batch.Time));
    }

    private static void WriteStreams(TextWriter output, IReadOnlyList<StreamReport> streams)
    {
        if (streams.Count == 0)
        {
            return;
        }

        Head(output, "Streams");
        var table = new AlignedTable("name", "kind", ">partitions", ">keys", ">records", ">files", ">size");
        foreach (var stream in streams)
        {
            table.Add(
                stream.Name is null ? "-" : PlainText.Of(stream.Name),
                PlainText.Of(stream.Kind),
                Number(stream.Partitions),
                Number(stream.Keys),
                Number(stream.Records),
                Quantity.Count(stream.Files),
                Quantity.Bytes(stream.Bytes));
            if (stream.Pipeline.Length > 0)
            {
                table.AddLine($"of {PlainText.Of(stream.Pipeline)}");
            }

            foreach (var schema in stream.Schemas)
            {
                table.AddLine($"{schema.Name}: {PlainText.Of(schema.Schema)}");
            }

            if (stream.WindowLength is { } length)
            {
                table.AddLine($"window of {Quantity.Count(length)} batches, a slide of {Quantity.Count(stream.WindowSlide ?? 0)}");
            }

            if (stream.Problem is { } problem)
            {
                table.AddLine($"! {PlainText.Of(problem)}");
            }
        }

        table.Write(output);
    }

    private static void WriteInputs(TextWriter output, IReadOnlyList<InputReport> inputs)
    {
        if (inputs.Count == 0)
        {
            return;
        }

        Head(output, "Inputs");
        var table = new AlignedTable("name", "kind", ">positions");
        foreach (var input in inputs)
        {
            table.Add(input.Name is null ? "-" : PlainText.Of(input.Name), PlainText.Of(input.Kind), Quantity.Bytes(input.Bytes));
            if (input.Pipeline.Length > 0)
            {
                table.AddLine($"of {PlainText.Of(input.Pipeline)}");
            }
        }

        table.Write(output);
    }

    private static void WriteBatches(TextWriter output, IReadOnlyList<PlanReport> batches)
    {
        if (batches.Count == 0)
        {
            return;
        }

        Head(output, "Batches that a restart runs again with what they got");
        var table = new AlignedTable(">batch", "time", "inputs", ">plan");
        foreach (var batch in batches)
        {
            table.Add($"{batch.Batch.Number}", Quantity.Time(batch.Batch.Time), PlainText.Of(string.Join(", ", batch.Inputs)), Quantity.Bytes(batch.Bytes));
        }

        table.Write(output);
    }

    private static void WriteFiles(TextWriter output, string heading, IReadOnlyList<FileReport> files)
    {
        if (files.Count == 0)
        {
            return;
        }

        Head(output, heading);
        var table = new AlignedTable("file", ">size", "");
        foreach (var file in files)
        {
            table.Add(PlainText.Of(file.Name), Quantity.Bytes(file.Bytes), PlainText.Of(file.Remark ?? ""));
        }

        table.Write(output);
    }

    private static string Number(long? number) => number is { } known ? Quantity.Count(known) : "-";

    private static void Head(TextWriter output, string heading)
    {
        output.WriteLine();
        output.WriteLine(heading);
    }
}
