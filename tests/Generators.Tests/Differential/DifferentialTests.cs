namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>Random programs over random data give the same fused and unfused.</summary>
[Collection(nameof(Corpus))]
public sealed class DifferentialTests(Corpus corpus)
{
    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, Corpus.Blocks)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void FusedIsUnfused_OverRandomPrograms(int block) => Assert.All(corpus.Run(block), outcome => outcome.AssertSame());

    [Theory]
    [MemberData(nameof(Blocks))]
    public void EveryCallWithSomethingToFuse_RanInsideAGeneratedLoop(int block) => Assert.All(corpus.Run(block), outcome => outcome.AssertFused());
}
