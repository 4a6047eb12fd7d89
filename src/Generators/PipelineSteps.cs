namespace CodegenStreaming.Generators;

/// <summary>The names of the generator's steps, as tests track them.</summary>
internal static class PipelineSteps
{
    /// <summary>All that one class gives.</summary>
    public const string Parse = nameof(Parse);

    /// <summary>What loops are written from: unchanged by an edit elsewhere in the file.</summary>
    public const string Loops = nameof(Loops);

    /// <summary>The loops' text.</summary>
    public const string LoopSources = nameof(LoopSources);

    /// <summary>What interceptors are written from: changed by every edit of the file.</summary>
    public const string Sites = nameof(Sites);

    /// <summary>The places of lambda bodies; none in release builds.</summary>
    public const string Bodies = nameof(Bodies);

    public const string Diagnostics = nameof(Diagnostics);

    /// <summary>Operator calls outside annotated classes.</summary>
    public const string OutsideCalls = nameof(OutsideCalls);
}
