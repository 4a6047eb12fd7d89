using System.Threading.Channels;
using CodegenStreaming.Execution;

namespace CodegenStreaming.Outputs;

/// <summary>Writes each batch's records to a channel, in the order of the partitions; waits while the channel is full.</summary>
internal sealed class ChannelOutput<T>(ChannelWriter<T> writer)
{
    private volatile bool _isAbandoned;

    /// <summary>Nobody reads any more: what still comes is dropped.</summary>
    public void Abandon()
    {
        _isAbandoned = true;
        writer.TryComplete();
    }

    /// <summary>The context has ended: the reader gets what is in the channel, and then the failure if there is one.</summary>
    public void Complete(Exception? failure)
    {
        _isAbandoned = true;
        writer.TryComplete(failure);
    }

    public void Write(EvaluationScope scope, StageEnd end, Route<T> route)
    {
        if (_isAbandoned)
        {
            return;
        }

        scope.KeepText<T>();
        var blocks = Actions.Collect(scope, end, route);
        try
        {
            foreach (var block in blocks)
            {
                foreach (var record in block.Read())
                {
                    Write(record, scope.Cancellation);
                }
            }
        }
        catch (Exception exception) when (_isAbandoned && exception is not OperationCanceledException)
        {
            // The channel was closed meanwhile; it may throw what it was closed with.
        }
        finally
        {
            foreach (var block in blocks)
            {
                block.Release();
            }
        }
    }

    private void Write(T record, CancellationToken cancellation)
    {
        while (!writer.TryWrite(record))
        {
            // On a job thread, which has nothing else to do: the next batch waits, and then the sources do.
            if (!writer.WaitToWriteAsync(cancellation).AsTask().GetAwaiter().GetResult())
            {
                throw new ChannelClosedException();
            }
        }
    }
}
