using System.Threading.Channels;
using CodegenStreaming.Sources;

namespace CodegenStreaming;

public sealed partial class StreamingContext
{
    /// <summary>
    /// The records that are written to a channel. While received, unprocessed data is at its bound the channel is not read, so that a bounded
    /// channel holds its writers up. The stream ends quietly when the channel is completed; when it is completed with an error, the error is logged.
    /// A graceful stop takes what the channel holds at that moment.
    /// </summary>
    /// <param name="reader">Read by this stream only, or shared: each record goes to one reader.</param>
    /// <typeparam name="T">The record type.</typeparam>
    public DStream<T> ChannelStream<T>(ChannelReader<T> reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var input = new ChannelInput<T>(reader);
        return AddInput(input, input.Node);
    }
}
