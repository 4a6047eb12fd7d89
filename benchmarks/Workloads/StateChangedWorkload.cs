using System.Runtime.InteropServices;
using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Benchmarks.Heroic;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>Running sums of a million keys, of which a batch touches a tenth: each record is mapped to its key's new sum.</summary>
internal sealed class StateChangedWorkload : Workload
{
    public override string Name => "state-changed";

    public override int Batches => KeyedStateData.Batches;

    public override IReadOnlyList<Contender> CreateContenders()
    {
        var (keys, batches) = (KeyedStateData.CreateKeys(), KeyedStateData.CreateBatches());
        var sums = keys.ToDictionary(key => key.Sensor, _ => 0L);
        var heroic = new HeroicKeyedState(keys);
        return
        [
            new Contender(ContenderNames.Hand, () => batches.Sum(batch => ByHand(sums, batch))),
            new Contender(ContenderNames.Heroic, () => batches.Sum(batch => heroic.AddBatch(batch))),
            OfEngine(ContenderNames.Fused, keys, batches),
            OfEngine(ContenderNames.Unfused, keys, batches),
        ];
    }

    private static long ByHand(Dictionary<int, long> sums, Reading[] batch)
    {
        var checksum = 0L;
        foreach (var reading in batch)
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, reading.Sensor, out _);
            sum += reading.Value;
            checksum += sum;
        }

        return checksum;
    }

    private Contender OfEngine(string name, Reading[] keys, Reading[][] batches)
    {
        var one = Engine(name, new StateChangedPipeline([keys, .. batches]));
        var hasBegun = false;
        return one with
        {
            RunBatch = () =>
            {
                if (!hasBegun)
                {
                    one.RunBatch();
                    hasBegun = true;
                }

                var checksum = 0L;
                for (var batch = 0; batch < Batches; batch++)
                {
                    checksum += one.RunBatch();
                }

                return checksum;
            },
        };
    }
}

/// <param name="batches">The first one brings the keys and comes once; the others come over and over.</param>
[StreamingPipeline]
internal sealed partial class StateChangedPipeline(Reading[][] batches) : IMeasuredPipeline
{
    private long _checksum;

    public long Checksum => _checksum;

    public void Define(StreamingContext streaming) =>
        new BlockInput<Reading>([.. batches.Select(batch => new ArrayBlock<Reading>(batch, batch.Length, pool: null))]) { Once = 1 }.AddTo(streaming)
            .Map(reading => (reading.Sensor, reading.Value))
            .MapWithState(StateSpec.Function((int sensor, Option<int> value, State<long> sum) =>
            {
                var next = sum.GetOption().GetValueOrDefault() + value.GetValueOrDefault();
                sum.Update(next);
                return next;
            }))
            .Named("sums")
            .Reduce((left, right) => left + right)
            .ForeachRdd(rdd => _checksum = rdd.First());
}
