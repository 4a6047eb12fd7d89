using System.Threading.Channels;
using CodegenStreaming.Outputs;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>
    /// Writes the records of each batch to a channel: batches in their order (with one job at a time, the default), within a batch the partitions in
    /// theirs. While a bounded channel is full the batch waits, and so in the end do the sources. When the context has stopped, or a batch has failed,
    /// the channel is completed, in the latter case with the failure.
    /// </summary>
    /// <param name="writer">The channel. If somebody else completes it, the output fails with <see cref="ChannelClosedException"/>.</param>
    public OutputOperation ToChannel(ChannelWriter<T> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        return AddChannel("ToChannel", new ChannelOutput<T>(writer));
    }

    private OutputOperation AddChannel(string operatorName, ChannelOutput<T> channel)
    {
        var added = Context.AddOutput(new OutputOperation(operatorName, Node, [], (output, scope) =>
        {
            Node.Prepare(scope);
            channel.Write(scope, output.End, output.PlanRoute(scope, Node));
        }));
        Context.WhenEnded(channel.Complete);
        return added;
    }
}
