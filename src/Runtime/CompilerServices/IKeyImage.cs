using System.ComponentModel;

namespace CodegenStreaming.CompilerServices;

/// <summary>What a table keeps of each key beside the key itself: enough to find its slot again without asking the key, and mostly to tell two keys apart.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IKeyImage
{
    /// <summary>The probe hash; all of its bits depend on all of the key.</summary>
    uint Hash { get; }
}
