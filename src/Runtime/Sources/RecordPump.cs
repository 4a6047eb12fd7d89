using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>Carries records one by one from an asynchronous source to a collector, in small groups: what is there never waits for what is not.</summary>
internal sealed class RecordPump<T>(ReceiverInput<T> receiver, RowCollector<T> collector, BlockPool pool) : IDisposable
{
    private const int GroupSize = 256;

    private readonly T[] _group = pool.Rent<T>(GroupSize);
    private int _count;

    public bool IsFull => _count == GroupSize;

    public void Add(T record) => _group[_count++] = record;

    /// <summary>Stores the group; waits while there is no room.</summary>
    public async ValueTask FlushAsync()
    {
        if (_count > 0)
        {
            var reserved = await receiver.ReserveAsync(RecordSize.Of<T>(_group.AsSpan(0, _count))).ConfigureAwait(false);
            collector.Append(_group.AsSpan(0, _count), reserved);
            _count = 0;
        }
    }

    /// <summary>Stores what an enumerable yields, until it ends or is cancelled; what it yielded before it failed is stored.</summary>
    public async Task StoreAllAsync(IAsyncEnumerable<T> records, CancellationToken cancellation)
    {
        var enumerator = records.GetAsyncEnumerator(cancellation);
        await using (enumerator.ConfigureAwait(false))
        {
            try
            {
                while (await MoveNextAsync(enumerator).ConfigureAwait(false))
                {
                    Add(enumerator.Current);
                    if (IsFull)
                    {
                        await FlushAsync().ConfigureAwait(false);
                    }
                }
            }
            finally
            {
                if (!receiver.Aborting.IsCancellationRequested)
                {
                    await FlushAsync().ConfigureAwait(false);
                }
            }
        }
    }

    public void Dispose() => pool.Return(_group, GroupSize);

    private ValueTask<bool> MoveNextAsync(IAsyncEnumerator<T> enumerator)
    {
        var next = enumerator.MoveNextAsync();
        return next.IsCompleted || _count == 0 ? next : FlushMeanwhileAsync(next);
    }

    private async ValueTask<bool> FlushMeanwhileAsync(ValueTask<bool> next)
    {
        try
        {
            await FlushAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The enumerator may be disposed of only when its step is over; it was cancelled too.
            await ((Task)next.AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        return await next.ConfigureAwait(false);
    }
}
