namespace CodegenStreaming.Memory;

/// <summary>The arrays behind blocks. Counts what is out, so that a test can prove that everything came back. Thread-safe.</summary>
internal sealed class BlockPool
{
    internal const int InitialCapacity = 1024;

    private long _rented;

    /// <summary>Arrays rented and not yet returned.</summary>
    public long Outstanding => Interlocked.Read(ref _rented);

    public T[] Rent<T>(int minimumLength)
    {
        Interlocked.Increment(ref _rented);
        return System.Buffers.ArrayPool<T>.Shared.Rent(minimumLength);
    }

    /// <summary>Takes an array back; its first <paramref name="used"/> elements are cleared where they hold references.</summary>
    public void Return<T>(T[] array, int used)
    {
        Interlocked.Decrement(ref _rented);
        if (System.Runtime.CompilerServices.RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            Array.Clear(array, 0, used);
        }

        System.Buffers.ArrayPool<T>.Shared.Return(array);
    }

    /// <summary>A longer array in place of one, with its first elements.</summary>
    public T[] Larger<T>(T[] array, int used, int minimumLength)
    {
        var larger = Rent<T>(minimumLength);
        Array.Copy(array, larger, used);
        Return(array, used);
        return larger;
    }

    /// <summary>Forgets an array that a failed task may still touch: it goes to the collector, not to the pool.</summary>
    public void Drop<T>(T[] array) => Interlocked.Decrement(ref _rented);
}
