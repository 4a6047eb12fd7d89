using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.State;

/// <summary>Whole numbers as keys of a state.</summary>
internal readonly struct NumberStateKeys : IStateKeys<long, HashImage>
{
    public HashImage ImageOf(long key) => new(ProbeHash.Of(key));

    public bool AreEqual(in long left, HashImage leftImage, long right, HashImage rightImage) => left == right;

    public long Keep(long key) => key;

    public void Renew()
    {
    }
}
