using System.IO.Hashing;
using System.Runtime.InteropServices;
using CodegenStreaming.Benchmarks.Engine;
using CodegenStreaming.Benchmarks.Heroic;
using CodegenStreaming.Benchmarks.Rivals;

namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>Counts words; lines and words are UTF-8 in the block that received them.</summary>
internal sealed class WordCountUtf8Workload : Workload
{
    public override string Name => "wordcount-utf8";

    public override IReadOnlyList<Contender> CreateContenders()
    {
        var text = TextData.Instance;
        var wire = text.ToWire();
        var block = text.ToBlock();
        var counts = new Dictionary<Utf8Word, int>();
        return
        [
            new Contender(ContenderNames.Hand, () => Count(text, counts)),
            new Contender(ContenderNames.Heroic, new HeroicWordCount(text).CountBatch),
            Engine(ContenderNames.Fused, new WordCountUtf8Pipeline(text)),
            Engine(ContenderNames.Unfused, new WordCountUtf8Pipeline(text)),
            new Contender(ContenderNames.Linq, () => block.Read().SelectMany(line => line.Split(' ')).CountBy(word => word).Sum(pair => Weight(pair.Key.Span, pair.Value))),
            ChannelBatchesRival.Create([.. Runs(BatchSize)], run => Add(text.Bytes, text.Ends, run, counts), () => Checksum(counts)),
            new Contender(ContenderNames.ReadLine, () => CountLines(wire)),
        ];
    }

    /// <summary>What a word contributes to the checksum.</summary>
    internal static long Weight(ReadOnlySpan<byte> word, int count) => (long)count * (word[0] + word.Length);

    private static long Count(TextData text, Dictionary<Utf8Word, int> counts)
    {
        foreach (var run in Runs(BatchSize))
        {
            Add(text.Bytes, text.Ends, run, counts);
        }

        return Checksum(counts);
    }

    /// <summary>Ends a batch.</summary>
    private static long Checksum(Dictionary<Utf8Word, int> counts)
    {
        var checksum = 0L;
        foreach (var (word, count) in counts)
        {
            checksum += Weight(word.Span, count);
        }

        counts.Clear();
        return checksum;
    }

    private static void Add(byte[] bytes, int[] ends, Range run, Dictionary<Utf8Word, int> counts)
    {
        var start = run.Start.Value == 0 ? 0 : ends[run.Start.Value - 1] + 1;
        foreach (var end in ends.AsSpan(run))
        {
            while (true)
            {
                var length = bytes.AsSpan(start, end - start).IndexOf((byte)' ');
                var word = new Utf8Word(bytes, start, length < 0 ? end - start : length);
                CollectionsMarshal.GetValueRefOrAddDefault(counts, word, out _)++;
                if (length < 0)
                {
                    break;
                }

                start += length + 1;
            }

            start = end + 1;
        }
    }

    private static long CountLines(byte[] wire)
    {
        using var reader = new StreamReader(new MemoryStream(wire));
        var counts = new Dictionary<string, int>();
        while (reader.ReadLine() is { } line)
        {
            foreach (var word in line.Split(' '))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, word, out _)++;
            }
        }

        var checksum = 0L;
        foreach (var (word, count) in counts)
        {
            checksum += WordCountStringWorkload.Weight(word, count);
        }

        return checksum;
    }
}

/// <summary>A word inside a buffer, as a key: what one writes by hand for a dictionary that allocates no strings.</summary>
internal readonly struct Utf8Word(byte[] bytes, int start, int length) : IEquatable<Utf8Word>
{
    public ReadOnlySpan<byte> Span => bytes.AsSpan(start, length);

    public bool Equals(Utf8Word other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is Utf8Word other && Equals(other);

    public override int GetHashCode() => (int)XxHash3.HashToUInt64(Span);
}

[StreamingPipeline]
internal sealed partial class WordCountUtf8Pipeline(TextData text) : IMeasuredPipeline
{
    private long _checksum;

    public long Checksum => _checksum;

    public void Define(StreamingContext streaming) =>
        new BlockInput<Utf8Slice>(text.ToBlock()).AddTo(streaming)
            .FlatMap(line => line.Split(' '))
            .Map(word => (word, 1))
            .ReduceByKey((left, right) => left + right)
            .ForeachRdd(rdd =>
            {
                _checksum = 0;
                rdd.Foreach(pair => _checksum += WordCountUtf8Workload.Weight(pair.Key.Span, pair.Value));
            });
}
