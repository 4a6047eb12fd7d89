namespace CodegenStreaming.Generators.Tests.Harness;

/// <summary>A stream's batches as test programs keep them, to compute windows anew and compare. One output runs at a time.</summary>
public sealed class KeptBatches<T>
{
    private readonly List<T[]> _batches = [];

    /// <summary>Keeps a batch. To be called for each, before a window is asked for.</summary>
    public void Add(Rdd<T> rdd) => _batches.Add(rdd.Collect());

    /// <summary>The records of the latest batches, in their order.</summary>
    public T[] Latest(int batches) => [.. _batches.TakeLast(batches).SelectMany(records => records)];
}
