using CodegenStreaming.Testing;

namespace CodegenStreaming.TestKit;

/// <summary>Finds the stream that a test means.</summary>
internal static class StreamChoice
{
    /// <summary>A source by its name, by the method that made it, or the only one of its record type.</summary>
    public static ProbedStream Source(ContextProbe probe, string? name, Type recordType) =>
        Choose("source", name, recordType, name is null ? [probe.Sources] : [Named(probe.Sources, name), Made(probe.Sources, name)], probe.Sources);

    /// <summary>The sources of a name, or those that a method made; all of them where none is given.</summary>
    public static IReadOnlyList<ProbedStream> Sources(ContextProbe probe, string? name)
    {
        ProbedStream[] chosen = [.. probe.Sources.Where(source => name is null || source.Name == name || source.OperatorName == name)];
        return chosen.Length > 0 ? chosen : throw new StreamingTestException(Complaint("source", name, null, [], [], probe.Sources));
    }

    /// <summary>An output or a stream by its name or by the method that made it, or the only output.</summary>
    public static ProbedStream Captured(ContextProbe probe, string? name, Type recordType)
    {
        ProbedStream[] all = [.. probe.Outputs, .. probe.Streams];
        return name is null
            ? Choose("output", name, recordType, [probe.Outputs], probe.Outputs)
            : Choose(
                "output or stream",
                name,
                recordType,
                [Named(probe.Outputs, name), Named(probe.Streams, name), Made(probe.Outputs, name), Made(probe.Streams, name)],
                all);
    }

    /// <summary>A stream as messages name it, such as <c>'counts' (Print)</c>.</summary>
    public static string Describe(ProbedStream stream) => stream.Name is { } name ? $"'{name}' ({stream.OperatorName})" : stream.OperatorName;

    private static IEnumerable<ProbedStream> Named(IEnumerable<ProbedStream> streams, string name) => streams.Where(stream => stream.Name == name);

    private static IEnumerable<ProbedStream> Made(IEnumerable<ProbedStream> streams, string name) => streams.Where(stream => stream.OperatorName == name);

    private static ProbedStream Choose(
        string kind, string? name, Type recordType, IEnumerable<ProbedStream>[] preferred, IReadOnlyList<ProbedStream> all)
    {
        ProbedStream[] candidates = [.. preferred.FirstOrDefault(streams => streams.Any()) ?? []];
        ProbedStream[] fitting = [.. candidates.Where(stream => stream.RecordType == recordType)];
        return fitting is [var only] ? only : throw new StreamingTestException(Complaint(kind, name, recordType, candidates, fitting, all));
    }

    private static string Complaint(
        string kind, string? name, Type? recordType, ProbedStream[] candidates, ProbedStream[] fitting, IReadOnlyList<ProbedStream> all)
    {
        var ofType = recordType is null ? "" : $" of {TypeName.Of(recordType)} records";
        var wanted = name is null ? $"{kind}{ofType}" : $"{kind} '{name}'";
        var problem = (candidates, fitting) switch
        {
            ([], _) => $"There is no {wanted}.",
            (_, []) => name is null ? $"There is no {wanted}." : $"The records of {kind} '{name}' are not of type {TypeName.Of(recordType!)}.",
            _ => $"There is more than one {wanted}; give the one you mean a name with Named, and ask for it by that name.",
        };
        return all.Count == 0
            ? $"{problem} There are none at all; define the pipeline first."
            : $"{problem} There are:\n{string.Join('\n', all.Select(stream => $"  {Describe(stream)}: {TypeName.Of(stream.RecordType)}"))}";
    }
}
