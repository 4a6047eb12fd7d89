using CodegenStreaming.Memory;

namespace CodegenStreaming.Sources;

/// <summary>Carries records one by one from an asynchronous source to a collector, in small groups: what is there never waits for what is not.</summary>
internal sealed class RecordPump<T>(ReceiverInput<T> receiver, RowCollector<T> collector, BlockPool pool) : IDisposable
{
    private const int GroupSize = 256;

    private readonly T[] _group = pool.Rent<T>(GroupSize);
    private int _count;
    private Task<bool>? _step;

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

            await DisposeAsync(enumerator).ConfigureAwait(false);
        }
    }

    public void Dispose() => pool.Return(_group, GroupSize);

    private ValueTask<bool> MoveNextAsync(IAsyncEnumerator<T> enumerator)
    {
        var step = enumerator.MoveNextAsync();
        return step.IsCompleted ? step : WaitAsync(_step = step.AsTask());
    }

    /// <summary>What is there is stored meanwhile. A stop that is not graceful does not wait for a sequence that ignores its token.</summary>
    private async ValueTask<bool> WaitAsync(Task<bool> step)
    {
        await FlushAsync().ConfigureAwait(false);
        return await step.WaitAsync(receiver.Aborting).ConfigureAwait(false);
    }

    /// <summary>An enumerator may be disposed of only when its step is over.</summary>
    private async ValueTask DisposeAsync(IAsyncEnumerator<T> enumerator)
    {
        if (_step is { IsCompleted: false } step)
        {
            _ = step.ContinueWith(
                _ => enumerator.DisposeAsync().AsTask(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        else
        {
            await enumerator.DisposeAsync().ConfigureAwait(false);
        }
    }
}
