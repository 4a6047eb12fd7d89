namespace CodegenStreaming.Samples;

/// <summary>Leaves out the messages of senders that are known for spam. Who is, changes while the program runs.</summary>
[StreamingPipeline]
public sealed partial class SpamFilter(IAsyncEnumerable<Message> messages, Reputation reputation)
{
    public void Define(StreamingContext streaming) =>
        streaming.AsyncEnumerableStream(messages)
                 .Map(message => (message.Sender, message.Text))
                 // The function runs in every batch, so each batch is joined with what is known then.
                 .Transform((rdd, time) => rdd.LeftOuterJoin(reputation.At(time)))
                 .Filter(message => message.Values.Right.GetValueOrDefault() < 0.5)
                 .Map(message => (message.Key, 1))
                 .ReduceByKey((a, b) => a + b)
                 .Print();
}
