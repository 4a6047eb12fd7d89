using System.ComponentModel;

namespace CodegenStreaming.CompilerServices;

/// <summary>A number's hash. It is not kept beside the number: to compute it again is less work than to store and load it.</summary>
/// <param name="hash">The probe hash.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NumberImage(uint hash) : IKeyImage
{
    /// <inheritdoc/>
    public uint Hash => hash;
}
