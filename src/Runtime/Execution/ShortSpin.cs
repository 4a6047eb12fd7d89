namespace CodegenStreaming.Execution;

/// <summary>
/// A wait of some tens of microseconds at most, before a thread goes to sleep. Longer spinning would take the processor from those who are waited
/// for; on a single processor there is none at all.
/// </summary>
internal struct ShortSpin
{
    /// <summary>The runtime makes one iteration about 37 ns long on every machine.</summary>
    private const int IterationsPerLook = 8;
    private const int Looks = 100;

    private int _looked;

    /// <summary>Spins for a moment; false when it is time to sleep.</summary>
    public bool TryOnce()
    {
        if (_looked == Looks || Environment.ProcessorCount == 1)
        {
            return false;
        }

        _looked++;
        Thread.SpinWait(IterationsPerLook);
        return true;
    }
}
