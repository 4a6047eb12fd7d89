using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.State;

/// <summary>Whole numbers as keys of a state.</summary>
internal readonly struct NumberStateKeys : IStateKeys<long, NumberImage>
{
    public NumberImage ImageOf(long key) => new(ProbeHash.Of(key));

    public bool AreEqual(in long left, NumberImage leftImage, long right, NumberImage rightImage) => left == right;

    public long Keep(long key) => key;

    public void Renew()
    {
    }
}
