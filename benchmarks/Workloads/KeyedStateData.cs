namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>Changes of a million keys' states: ten batches of a hundred thousand records each, of which the last five take back what the first five brought.</summary>
internal static class KeyedStateData
{
    public const int Keys = 1_000_000;
    public const int Batches = 10;
    public const int RecordsInBatch = 100_000;

    /// <summary>All keys once, for a state to begin with.</summary>
    public static Reading[] CreateKeys() => [.. Ids(new Random(37)).Select(id => new Reading(id, 0))];

    public static Reading[][] CreateBatches()
    {
        var (ids, random) = (Ids(new Random(37)), new Random(41));
        Reading[][] brought = [.. Enumerable.Range(0, Batches / 2).Select(_ => Enumerable.Range(0, RecordsInBatch).Select(_ => new Reading(ids[random.Next(Keys)], random.Next(1000))).ToArray())];
        return [.. brought, .. brought.Select(batch => batch.Select(reading => new Reading(reading.Sensor, -reading.Value)).ToArray())];
    }

    private static int[] Ids(Random random)
    {
        int[] ids = [.. Enumerable.Range(0, Keys).Select(id => (id * 7919) & 0x3FFFFFFF)];
        random.Shuffle(ids);
        return ids;
    }
}
