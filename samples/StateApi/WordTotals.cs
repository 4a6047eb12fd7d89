namespace CodegenStreaming.Samples;

/// <summary>Counts the words of all times. The counts are a state with a name, by which the web handlers find it.</summary>
[StreamingPipeline]
public sealed partial class WordTotals(IAsyncEnumerable<string> lines)
{
    public void Define(StreamingContext streaming) =>
        streaming.AsyncEnumerableStream(lines)
                 .FlatMap(line => line.Split(' '))
                 .Map(word => (word, 1))
                 .MapWithState(StateSpec.Function((string word, Option<int> one, State<long> total) =>
                 {
                     total.Update(total.GetOption().GetValueOrDefault() + one.GetValueOrDefault());
                     return word;
                 }))
                 .Named("totals")
                 .Count()
                 .Print();
}
