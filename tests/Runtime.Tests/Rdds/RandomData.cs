using CodegenStreaming.Tests.Execution;

namespace CodegenStreaming.Tests.Rdds;

/// <summary>Random numbers in one, two or seven partitions, or in none; some of the partitions are empty.</summary>
internal sealed record RandomData(Rdd<int> Rdd, int[][] Partitions, Random Random, Rdd<int> OtherRdd, int[] Other)
{
    public int[] All { get; } = [.. Partitions.SelectMany(part => part)];

    public static void Check(Action<RandomData> check) => Randomly.Test(40, random =>
    {
        using var engine = new TestEngine(threads: random.Next(1, 3));
        var (partitions, other) = (Draw(random), Draw(random));
        engine.Batch(scope => check(new RandomData(
            engine.Given(scope, partitions), partitions, random, engine.Given(scope, other), [.. other.SelectMany(part => part)])));
    });

    public static void Same<T>(IEnumerable<IEnumerable<T>> expected, Rdd<T> actual)
    {
        Assert.Equal(expected.Select(part => part.ToArray()), actual.Glom().Collect());
        Assert.Equal(expected.Count(), actual.PartitionCount);
    }

    private static int[][] Draw(Random random)
    {
        var counts = new[] { 0, 1, 2, 7 };
        var partitions = new int[counts[random.Next(counts.Length)]][];
        for (var index = 0; index < partitions.Length; index++)
        {
            partitions[index] = new int[random.Next(2) * random.Next(60)];
            foreach (ref var value in partitions[index].AsSpan())
            {
                value = random.Next(40);
            }
        }

        return partitions;
    }
}

internal sealed class Remainders(int count) : IPartitioner<int>
{
    public int PartitionCount => count;

    public int PartitionOf(int key) => (int)((uint)key % (uint)count);
}
