using CodegenStreaming.Generators.Tests.Harness;

namespace CodegenStreaming.Generators.Tests.Differential;

/// <summary>Random data for every input of the random programs: extremes, nulls, empty partitions, empty batches.</summary>
internal static class RandomBatches
{
    private static readonly string[] Words = ["a", "b", "ab", "", "word", "a b", "b  a b", "Ünï", "a a a"];
    private static readonly string[] Lines =
        [.. Words, "a,b ,a", " ", new('a', 200), new string('b', 63) + " a b " + new string('b', 64), string.Concat(Enumerable.Repeat("ab a ,Ü ", 40))];

    private static readonly double[] Doubles = [0.0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, 1e308, 1.5, -2.25];

    public static IReadOnlyList<BatchData> Create(int seed)
    {
        var random = new Random(seed);
        return [Batch(random, 25), new BatchData(), Batch(random, 6)];
    }

    /// <summary>Small ones, some of them empty, some without one of the inputs.</summary>
    public static IReadOnlyList<BatchData> CreateMany(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 20 + random.Next(4)).Select(_ => Small(random))];
    }

    private static BatchData Small(Random random)
    {
        if (random.Next(6) == 0)
        {
            return new BatchData();
        }

        var batch = Batch(random, 1 + random.Next(4));
        foreach (var name in batch.Inputs.Keys.Where(_ => random.Next(8) == 0).ToList())
        {
            batch.Inputs.Remove(name);
        }

        return batch;
    }

    private static BatchData Batch(Random random, int most) => new()
    {
        Inputs =
        {
            ["ints"] = Partitions(random, most, Int),
            ["longs"] = Partitions(random, most, r => r.Next(8) == 0 ? long.MaxValue - r.Next(3) : r.NextInt64(-50, 50)),
            ["doubles"] = Partitions(random, most, r => r.Next(3) == 0 ? Doubles[r.Next(Doubles.Length)] : r.Next(-20, 20) / 4.0),
            ["texts"] = Partitions(random, most, Text),
            ["lines"] = Partitions(random, most, r => Lines[r.Next(Lines.Length)]),
            ["pairs"] = Partitions(random, most, r => (Text(r), Int(r))),
            ["counts"] = Partitions(random, most, r => (r.Next(5), (long)Int(r))),
        },
    };

    private static int Int(Random random) => random.Next(12) switch
    {
        0 => int.MaxValue - random.Next(3),
        1 => int.MinValue + random.Next(3),
        _ => random.Next(-10, 40),
    };

    private static string? Text(Random random) => random.Next(8) == 0 ? null : Words[random.Next(Words.Length)];

    private static Array[] Partitions<T>(Random random, int most, Func<Random, T> next)
    {
        var partitions = new Array[random.Next(1, 5)];
        for (var index = 0; index < partitions.Length; index++)
        {
            var records = new T[random.Next(5) == 0 ? 0 : random.Next(most + 1)];
            for (var record = 0; record < records.Length; record++)
            {
                records[record] = next(random);
            }

            partitions[index] = records;
        }

        return partitions;
    }
}
