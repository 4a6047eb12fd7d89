using System.Runtime.InteropServices;
using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Benchmarks.Heroic;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>Decaying sums of a million keys: each batch halves all of them and adds its records, which touch a tenth.</summary>
internal sealed class StateAllWorkload : Workload
{
    public override string Name => "state-all";

    public override int Batches => KeyedStateData.Batches;

    public override IReadOnlyList<Contender> CreateContenders()
    {
        var (keys, batches) = (KeyedStateData.CreateKeys(), KeyedStateData.CreateBatches());
        var sums = keys.ToDictionary(key => key.Sensor, _ => 0L);
        var heroic = new HeroicKeyedState(keys);
        return
        [
            Settled(ContenderNames.Hand, batches, batch => ByHand(sums, batch)),
            Settled(ContenderNames.Heroic, batches, heroic.HalveAndAddBatch),
            OfEngine(ContenderNames.Fused, keys, batches),
            OfEngine(ContenderNames.Unfused, keys, batches),
        ];
    }

    private static long ByHand(Dictionary<int, long> sums, Reading[] batch)
    {
        foreach (var (key, sum) in sums)
        {
            sums[key] = sum / 2; // To set what is there is allowed meanwhile.
        }

        foreach (var reading in batch)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(sums, reading.Sensor, out _) += reading.Value;
        }

        var checksum = 0L;
        foreach (var sum in sums.Values)
        {
            checksum += sum;
        }

        return checksum;
    }

    /// <summary>After thirty batches nothing is left of the beginning, and each ten give the same.</summary>
    private static Contender Settled(string name, Reading[][] batches, Func<Reading[], long> run)
    {
        var rounds = 3;
        return new Contender(name, () =>
        {
            for (; rounds > 0; rounds--)
            {
                Array.ForEach(batches, batch => run(batch));
            }

            return batches.Sum(run);
        });
    }

    private Contender OfEngine(string name, Reading[] keys, Reading[][] batches)
    {
        var one = Engine(name, new StateAllPipeline([keys, .. batches]));
        var hasBegun = false;
        return Settled(name, batches, _ =>
        {
            if (!hasBegun)
            {
                one.RunBatch();
                hasBegun = true;
            }

            return one.RunBatch();
        });
    }
}

/// <param name="batches">The first one brings the keys and comes once; the others come over and over.</param>
[StreamingPipeline]
internal sealed partial class StateAllPipeline(Reading[][] batches) : IMeasuredPipeline
{
    private long _checksum;

    public long Checksum => _checksum;

    public void Define(StreamingContext streaming) =>
        new BlockInput<Reading>([.. batches.Select(batch => new ArrayBlock<Reading>(batch, batch.Length, pool: null))]) { Once = 1 }.AddTo(streaming)
            .Map(reading => (reading.Sensor, reading.Value))
            .UpdateStateByKey((IReadOnlyList<int> values, Option<long> sum) =>
            {
                var next = sum.GetValueOrDefault() / 2;
                for (var index = 0; index < values.Count; index++)
                {
                    next += values[index];
                }

                return new Option<long>(next);
            })
            .Map(pair => pair.State)
            .Reduce((left, right) => left + right)
            .ForeachRdd(rdd => _checksum = rdd.First());
}
