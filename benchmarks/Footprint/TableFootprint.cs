using System.Diagnostics;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;
using CodegenStreaming.State;

namespace CodegenStreaming.Benchmarks.Footprint;

/// <summary>Fills one table of numbers, growing from nothing, and returns the nanoseconds that an entry took.</summary>
internal static class TableFootprint
{
    public static double FillCombineTable(int entries)
    {
        var pool = new BlockPool();
        var table = new CombineTable<long, NumberImage, long, long, LongSums>(default);
        var start = Stopwatch.GetTimestamp();
        table.Begin(pool);
        for (var key = 0L; key < entries; key++)
        {
            table.Add(key * 7919, key);
        }

        table.Complete();
        var elapsed = Stopwatch.GetElapsedTime(start);
        Check(table.Count, entries);
        table.ToBlock().Release();
        return elapsed.TotalNanoseconds / entries;
    }

    public static double FillStateTable(int entries)
    {
        const int Batch = 100_000;
        var table = new StateTable<long, NumberImage, long, NumberStateKeys>(default);
        var start = Stopwatch.GetTimestamp();
        for (var key = 0; key < entries; key += Batch)
        {
            table.Begin();
            for (var next = key; next < Math.Min(entries, key + Batch); next++)
            {
                table.Set(next * 7919L, next);
            }

            table.Commit();
            table.TakeSnapshot().Dispose();
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        Check(table.Count, entries);
        return elapsed.TotalNanoseconds / entries;
    }

    private static void Check(int actual, int expected)
    {
        if (actual != expected)
        {
            throw new InvalidOperationException($"The table has {actual} entries, not {expected}.");
        }
    }

    private readonly struct LongSums : ICombiner<long, NumberImage, long, long>
    {
        public NumberImage ImageOf(long key) => new(ProbeHash.Of(key));

        public bool AreEqual(in long left, NumberImage leftImage, long right, NumberImage rightImage) => left == right;

        public long Create(long value) => value;

        public long Add(long combined, long value) => combined + value;

        public long Merge(long left, long right) => left + right;
    }
}
