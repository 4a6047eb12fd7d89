using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;

namespace CodegenStreaming.State;

/// <summary>Texts as keys of a state: copied to an arena, since the batch's text goes back to the pool.</summary>
internal struct Utf8StateKeys : IStateKeys<Utf8Slice, Utf8Image>
{
    private TextArena _texts = new();

    public Utf8StateKeys()
    {
    }

    public readonly Utf8Image ImageOf(Utf8Slice key) => Utf8Image.Of(key);

    public readonly bool AreEqual(in Utf8Slice left, Utf8Image leftImage, Utf8Slice right, Utf8Image rightImage) =>
        Utf8Image.AreEqual(in left, leftImage, right, rightImage);

    public readonly Utf8Slice Keep(Utf8Slice key) => _texts.Copy(key);

    public void Renew() => _texts = new();
}
