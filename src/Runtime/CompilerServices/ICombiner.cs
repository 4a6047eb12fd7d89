using System.ComponentModel;

namespace CodegenStreaming.CompilerServices;

/// <summary>
/// How a combine table treats its keys and values. Implemented by a non-generic struct for each keyed operator, so that the table's
/// code is compiled for exactly these functions.
/// </summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TImage">What the table keeps of a key to find it again.</typeparam>
/// <typeparam name="TValue">The value of a record.</typeparam>
/// <typeparam name="TCombined">What the values of one key are combined into.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ICombiner<TKey, TImage, TValue, TCombined> : IKeys<TKey, TImage>
    where TImage : unmanaged, IKeyImage
{
    /// <summary>
    /// Whether a combination never changes: further values of a key do nothing to it, and neither does another partition's. Then nothing is written back
    /// where a key is found again.
    /// </summary>
    static virtual bool KeepsFirst => false;

    /// <summary>The combination of a key's first value.</summary>
    TCombined Create(TValue value);

    /// <summary>Adds a value to a combination.</summary>
    TCombined Add(TCombined combined, TValue value);

    /// <summary>Joins the combinations of two partitions, the earlier partition's first.</summary>
    TCombined Merge(TCombined left, TCombined right);
}
