using System.ComponentModel;

namespace CodegenStreaming.CompilerServices;

/// <summary>How a table hashes and compares its keys. Implemented by structs, so that the table's code is compiled for exactly these functions.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TImage">What the table keeps of a key to find it again.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IKeys<TKey, TImage>
    where TImage : unmanaged, IKeyImage
{
    /// <summary>A key's image; equal keys have equal images. Null is a key too.</summary>
    TImage ImageOf(TKey key);

    /// <summary>Whether two keys are the same key; the left one is the table's, and is not loaded where the images suffice.</summary>
    bool AreEqual(in TKey left, TImage leftImage, TKey right, TImage rightImage);
}
