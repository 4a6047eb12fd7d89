namespace CodegenStreaming.Conformance;

/// <summary>Windows over slices of text, whose bytes belong to their batches.</summary>
[StreamingPipeline]
public sealed partial class WindowedText : IStreamingPipeline
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    internal GivenText Lines { get; } = new();

    internal DStream<string> Words { get; private set; } = null!;

    internal DStream<(string Word, int Count)> Counts { get; private set; } = null!;

    internal DStream<(string Word, long Count)> Values { get; private set; } = null!;

    internal DStream<string> Groups { get; private set; } = null!;

    /// <summary>What is collected leaves its batch, and its text with it.</summary>
    internal bool Collects { get; set; }

    internal List<Utf8Slice> Collected { get; } = [];

    public void Define(StreamingContext streaming)
    {
        var words = Lines.AddTo(streaming).FlatMap(line => line.Split(' '));
        Words = words.Window(Length).Map(word => word.ToString());
        Counts = words.Map(word => (word, 1)).ReduceByKeyAndWindow((left, right) => left + right, Length).Map(pair => (pair.Key.ToString(), pair.Value));
        Values = words.CountByValueAndWindow(Length).Map(pair => (pair.Value.ToString(), pair.Count));
        Groups = words.Map(word => (word.Length, word)).GroupByKeyAndWindow(Length).Map(group => string.Join(',', group.Values.Select(word => word.ToString())));
        words.Window(Length).ForeachRdd(rdd =>
        {
            if (Collects)
            {
                Collected.AddRange(rdd.Collect());
            }
        });
    }
}
