using System.ComponentModel;

namespace CodegenStreaming.CompilerServices;

/// <summary>A key's hash.</summary>
/// <param name="hash">The probe hash.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HashImage(uint hash) : IKeyImage
{
    /// <inheritdoc/>
    public uint Hash => hash;
}
