using System.Threading.Channels;
using CodegenStreaming.Benchmarks.Batches;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>Batches without records, one after another: what a batch costs beside its data. By hand it is an empty array through a channel to a reader and back.</summary>
internal sealed class EmptyBatchWorkload : Workload
{
    private const int Count = 1000;

    public override string Name => "empty-batch";

    public override int Records => Count;

    public override int Batches => Count;

    public override IReadOnlyList<Contender> CreateContenders()
    {
        Action byHand = Own(new ChannelReader()).RunBatch;
        Action fused = Own(new SteppedContext(new EmptyBatches(), threads: 1)).RunBatch;
        return [new Contender(ContenderNames.Hand, () => Repeat(byHand)), new Contender(ContenderNames.Fused, () => Repeat(fused))];
    }

    private static long Repeat(Action runBatch)
    {
        for (var batch = 0; batch < Count; batch++)
        {
            runBatch();
        }

        return Count;
    }

    /// <summary>A task that reads arrays from a channel and does nothing with them but say that they are done.</summary>
    private sealed class ChannelReader : IDisposable
    {
        private readonly Channel<string[]> _batches = Channel.CreateUnbounded<string[]>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        private long _made;
        private long _done;

        public ChannelReader() => _ = Task.Run(ReadAsync);

        public void RunBatch()
        {
            _made++;
            _batches.Writer.TryWrite([]);
            var spinner = default(SpinWait);
            while (Volatile.Read(ref _done) < _made)
            {
                spinner.SpinOnce(sleep1Threshold: -1);
            }
        }

        public void Dispose() => _batches.Writer.Complete();

        private async Task ReadAsync()
        {
            var words = 0L;
            await foreach (var lines in _batches.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                foreach (var line in lines)
                {
                    words += line.Split(' ').Length;
                }

                Volatile.Write(ref _done, _done + 1);
            }
        }
    }
}
