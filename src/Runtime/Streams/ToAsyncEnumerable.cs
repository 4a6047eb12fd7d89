using System.Threading.Channels;
using CodegenStreaming.Outputs;

namespace CodegenStreaming;

public partial class DStream<T>
{
    /// <summary>
    /// The records of all batches as an asynchronous sequence, for one reader. While the buffer is full the batch waits, and so in the end do the
    /// sources; it fills before the reader comes, too. The sequence ends when the context has stopped, or throws what failed in a batch; a reader that
    /// leaves early lets the context go on, and what comes then is dropped.
    /// </summary>
    /// <param name="bufferSize">How many records may wait for the reader. 1,024 by default.</param>
    public IAsyncEnumerable<T> ToAsyncEnumerable(int bufferSize = 1024)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bufferSize, 1);
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(bufferSize) { SingleReader = true });
        var output = new ChannelOutput<T>(channel.Writer);
        AddChannel("ToAsyncEnumerable", output);
        return new OutputRecords<T>(channel.Reader, output);
    }
}
