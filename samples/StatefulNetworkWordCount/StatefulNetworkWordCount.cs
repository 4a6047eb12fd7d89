namespace CodegenStreaming.Samples;

/// <summary>Counts words from the start on: each batch adds to the counts that there were.</summary>
[StreamingPipeline]
public sealed partial class StatefulNetworkWordCount(string host, int port)
{
    public void Define(StreamingContext streaming)
    {
        // The counts to begin with.
        var initial = streaming.Engine.Parallelize([("hello", 1L), ("world", 1L)]);

        streaming.SocketTextStream(host, port)
                 .FlatMap(line => line.Split(' '))
                 .Map(word => (word, 1))
                 .UpdateStateByKey((IReadOnlyList<int> ones, Option<long> count) => new(count.GetValueOrDefault() + ones.Count), initialState: initial)
                 .Print();
    }
}
