using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.State;

/// <summary>The keys of a table that outlives the batches it takes its keys from.</summary>
internal interface IStateKeys<TKey, TImage> : IKeys<TKey, TImage>
    where TImage : unmanaged, IKeyImage
{
    /// <summary>A key equal to another one, in memory that no batch takes back.</summary>
    TKey Keep(TKey key);

    /// <summary>All keys that are still needed will be kept anew; the memory of the others becomes free.</summary>
    void Renew();
}
