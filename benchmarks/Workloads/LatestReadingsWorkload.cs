using System.Runtime.InteropServices;
using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>
/// The latest readings of a million sensors, from batches of a hundred thousand records each; ten batches at a time. Either all of them are wanted after
/// each batch (<c>UpdateStateByKey</c>), or how each record differs from the one before of its sensor (<c>MapWithState</c>).
/// </summary>
internal sealed class LatestReadingsWorkload(bool areAllWanted) : Workload
{
    private const int Sensors = 1_000_000;

    public override string Name => areAllWanted ? "state-update" : "state-map";

    public override int Batches => 10;

    public override IReadOnlyList<Contender> CreateContenders()
    {
        var random = new Random(31);
        var sensors = new int[Sensors];
        for (var index = 0; index < sensors.Length; index++)
        {
            sensors[index] = random.Next(int.MinValue, int.MaxValue);
        }

        Reading[][] batches =
        [
            .. Enumerable.Range(0, Batches).Select(_ => Enumerable.Range(0, Records / Batches).Select(_ => new Reading(sensors[random.Next(Sensors)], random.Next(1000))).ToArray()),
        ];
        return
        [
            Filled(ContenderNames.Hand, ByHand(batches)),
            Filled(ContenderNames.Fused, OfEngine(ContenderNames.Fused, batches)),
            Filled(ContenderNames.Unfused, OfEngine(ContenderNames.Unfused, batches)),
        ];
    }

    /// <summary>What a sensor's latest reading contributes to the checksum.</summary>
    internal static long Weight(int sensor, int value) => (long)((sensor & 0xFF) + 1) * value;

    /// <summary>All batches, so that each run ends where it began; the first one begins with nothing and does not count.</summary>
    private Contender Filled(string name, Func<long> runBatch)
    {
        var isFilled = false;
        return new Contender(name, () =>
        {
            if (!isFilled)
            {
                isFilled = true;
                Run();
            }

            return Run();
        });

        long Run() => Enumerable.Range(0, Batches).Sum(_ => runBatch());
    }

    private Func<long> OfEngine(string name, Reading[][] batches) =>
        areAllWanted ? Engine(name, new AllReadingsPipeline(batches)).RunBatch : Engine(name, new DifferencesPipeline(batches)).RunBatch;

    private Func<long> ByHand(Reading[][] batches)
    {
        var latest = new Dictionary<int, int>();
        var next = 0;
        return () =>
        {
            var checksum = 0L;
            foreach (var (sensor, value) in batches[next++ % batches.Length])
            {
                ref var before = ref CollectionsMarshal.GetValueRefOrAddDefault(latest, sensor, out _);
                checksum += value - before;
                before = value;
            }

            if (areAllWanted)
            {
                checksum = 0;
                foreach (var (sensor, value) in latest)
                {
                    checksum += Weight(sensor, value);
                }
            }

            return checksum;
        };
    }
}

[StreamingPipeline]
internal sealed partial class AllReadingsPipeline(Reading[][] batches) : IMeasuredPipeline
{
    private long _checksum;

    public long Checksum => _checksum;

    public void Define(StreamingContext streaming) =>
        new BlockInput<Reading>([.. batches.Select(batch => new ArrayBlock<Reading>(batch, batch.Length, pool: null))]).AddTo(streaming)
            .Map(reading => (reading.Sensor, reading.Value))
            .UpdateStateByKey((IReadOnlyList<int> values, Option<int> latest) => values.Count > 0 ? new(values[^1]) : latest)
            .ForeachRdd(rdd =>
            {
                _checksum = 0;
                rdd.Foreach(pair => _checksum += LatestReadingsWorkload.Weight(pair.Key, pair.State));
            });
}

[StreamingPipeline]
internal sealed partial class DifferencesPipeline(Reading[][] batches) : IMeasuredPipeline
{
    private long _checksum;

    public long Checksum => _checksum;

    public void Define(StreamingContext streaming) =>
        new BlockInput<Reading>([.. batches.Select(batch => new ArrayBlock<Reading>(batch, batch.Length, pool: null))]).AddTo(streaming)
            .Map(reading => (reading.Sensor, reading.Value))
            .MapWithState(StateSpec.Function((int sensor, Option<int> value, State<int> latest) =>
            {
                var before = latest.GetOption().GetValueOrDefault();
                latest.Update(value.Value);
                return value.Value - before;
            }))
            .ForeachRdd(rdd =>
            {
                _checksum = 0;
                rdd.Foreach(difference => _checksum += difference);
            });
}
