using System.Threading.Channels;

namespace CodegenStreaming.Outputs;

/// <summary>An output's records as a sequence, for one reader. A reader that leaves early lets the output go on without it.</summary>
internal sealed class OutputRecords<T>(ChannelReader<T> reader, ChannelOutput<T> output) : IAsyncEnumerable<T>
{
    private int _isRead;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _isRead, 1) == 0
            ? ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken)
            : throw new InvalidOperationException("The records of ToAsyncEnumerable can be enumerated once; call it again for another reader.");

    private async IAsyncEnumerable<T> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        try
        {
            await foreach (var record in reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                yield return record;
            }
        }
        finally
        {
            output.Abandon();
        }
    }
}
