namespace CodegenStreaming.Benchmarks.Expressions;

/// <summary>What became of a program.</summary>
/// <param name="Number">The program's number.</param>
/// <param name="Chain">Its operators.</param>
/// <param name="IsVectorised">Its loop has a vectorised form.</param>
/// <param name="HandOverFused">The time of the loop by hand over that of the fused one: greater is better.</param>
/// <param name="HandNanoseconds">For a record, by hand.</param>
/// <param name="FusedNanoseconds">For a record, fused.</param>
/// <param name="Difference">Why the results are not equal; null where they are.</param>
internal sealed record ChainVerdict(
    int Number, string Chain, bool IsVectorised, double HandOverFused, double HandNanoseconds, double FusedNanoseconds, string? Difference);
