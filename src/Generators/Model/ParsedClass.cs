using CodegenStreaming.Generators.Incremental;

namespace CodegenStreaming.Generators.Model;

/// <summary>What one parse of an annotated class gives: each part goes to an output of its own.</summary>
internal sealed record ParsedClass(
    PipelineModel? Loops, SitesModel? Sites, EquatableArray<BodyLocation> Bodies, EquatableArray<DiagnosticSnapshot> Diagnostics);

/// <summary>Where a lambda's body stands in the user's file; lines and columns from one.</summary>
internal sealed record BodyLocation(string ClassKey, string BodyKey, string Path, int StartLine, int StartColumn, int EndLine, int EndColumn);
