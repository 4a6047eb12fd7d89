using System.Runtime.InteropServices;
using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Benchmarks.Rivals;
using CodegenStreaming.Memory;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>Counts words; lines are strings. Splitting them allocates, whoever does it.</summary>
internal sealed class WordCountStringWorkload : Workload
{
    public override string Name => "wordcount-string";

    public override IReadOnlyList<Contender> CreateContenders()
    {
        var lines = TextData.Instance.ToLines();
        var counts = new Dictionary<string, int>();
        return
        [
            new Contender(ContenderNames.Hand, () => Count(lines, counts)),
            Engine(ContenderNames.Fused, new WordCountStringPipeline(lines)),
            Engine(ContenderNames.Unfused, new WordCountStringPipeline(lines)),
            new Contender(ContenderNames.Linq, () => lines.SelectMany(line => line.Split(' ')).CountBy(word => word).Sum(pair => Weight(pair.Key, pair.Value))),
            new Contender(ContenderNames.ZLinq, () => ZLinqRival.CountWords(lines, Weight)),
            new Contender(ContenderNames.Rx, () => RxRival.CountWords(lines, Weight)),
            new Contender(ContenderNames.Dataflow, () => DataflowRival.CountWordsAsync(lines, Weight).GetAwaiter().GetResult()),
            new Contender(ContenderNames.Akka, () => AkkaRival.CountWordsAsync(lines, Weight).GetAwaiter().GetResult()),
            new Contender(ContenderNames.Channel, () => ChannelRival.CountWordsAsync(lines, Weight).GetAwaiter().GetResult()),
            ChannelBatchesRival.Create(lines, run => Add(run, counts), () => Checksum(counts)),
        ];
    }

    /// <summary>What a word contributes to the checksum.</summary>
    internal static long Weight(string word, int count) => (long)count * (word[0] + word.Length);

    private static long Count(string[] lines, Dictionary<string, int> counts)
    {
        foreach (var run in Runs(BatchSize))
        {
            Add(lines.AsSpan(run), counts);
        }

        return Checksum(counts);
    }

    /// <summary>Ends a batch.</summary>
    private static long Checksum(Dictionary<string, int> counts)
    {
        var checksum = 0L;
        foreach (var (word, count) in counts)
        {
            checksum += Weight(word, count);
        }

        counts.Clear();
        return checksum;
    }

    private static void Add(ReadOnlySpan<string> lines, Dictionary<string, int> counts)
    {
        foreach (var line in lines)
        {
            foreach (var word in line.Split(' '))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, word, out _)++;
            }
        }
    }
}

[StreamingPipeline]
internal sealed partial class WordCountStringPipeline(string[] lines) : IMeasuredPipeline
{
    private long _checksum;

    public long Checksum => _checksum;

    public void Define(StreamingContext streaming) =>
        new BlockInput<string>(new ArrayBlock<string>(lines, lines.Length, pool: null)).AddTo(streaming)
            .FlatMap(line => line.Split(' '))
            .Map(word => (word, 1))
            .ReduceByKey((left, right) => left + right)
            .ForeachRdd(rdd =>
            {
                _checksum = 0;
                rdd.Foreach(pair => _checksum += WordCountStringWorkload.Weight(pair.Key, pair.Value));
            });
}
