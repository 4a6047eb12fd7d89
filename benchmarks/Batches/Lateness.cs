using System.Globalization;

namespace CodegenStreaming.Benchmarks.Batches;

/// <summary>How late something was in each batch: room for every batch of the run is made before it.</summary>
internal sealed class Lateness(int batches)
{
    private readonly long[] _ticks = new long[batches];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>By one thread at a time.</summary>
    public void Add(long batchTimeMilliseconds, DateTimeOffset now)
    {
        if (_count < _ticks.Length)
        {
            _ticks[_count] = now.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks - (batchTimeMilliseconds * TimeSpan.TicksPerMillisecond);
            Volatile.Write(ref _count, _count + 1);
        }
    }

    public override string ToString()
    {
        var sorted = _ticks[.._count];
        Array.Sort(sorted);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{At(sorted, 0.5),10:0}{At(sorted, 0.9),10:0}{At(sorted, 0.99),10:0}{At(sorted, 0.999),10:0}{At(sorted, 1),10:0}{sorted.Count(ticks => ticks >= TimeSpan.TicksPerMillisecond),12}");
    }

    private static double At(long[] sorted, double quantile) =>
        sorted.Length == 0 ? double.NaN : (double)sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * quantile)] / TimeSpan.TicksPerMicrosecond;
}
