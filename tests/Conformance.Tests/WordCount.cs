namespace CodegenStreaming.Conformance;

/// <summary>The program that a newcomer meets first, over given lines.</summary>
[StreamingPipeline]
public sealed partial class WordCount
{
    private readonly GivenInput<string> _lines = new();

    internal void Give(params string[] lines) => _lines.Give(lines);

    public void Define(StreamingContext streaming) =>
        _lines.AddTo(streaming)
            .FlatMap(line => line.Split(' '))
            .Map(word => (word, 1))
            .ReduceByKey((a, b) => a + b)
            .Print();
}
