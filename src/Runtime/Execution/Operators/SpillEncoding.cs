using System.Runtime.CompilerServices;
using CodegenStreaming.Execution.Storage;

namespace CodegenStreaming.Execution.Operators;

/// <summary>How the entries of an operator's tables are written to files, looked for when it is first needed. Thread-safe.</summary>
internal sealed class SpillEncoding<TKey, TCombined>(DatasetNode node)
{
    private BlockEncoding<(TKey, TCombined)>? _encoding;

    /// <summary>The encoding; null where a type has no codec. Then it is searched again the next time: the user may have given one.</summary>
    public BlockEncoding<(TKey, TCombined)>? Find(CodecRegistry codecs) => _encoding ??= Search(codecs);

    private BlockEncoding<(TKey, TCombined)>? Search(CodecRegistry codecs)
    {
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<(TKey, TCombined)>())
        {
            return new RawEncoding<(TKey, TCombined)>();
        }

        var (site, pipeline) = (node.Site, node.Pipeline);
        if (codecs.Find<(TKey, TCombined)>(site, pipeline) is { } codec)
        {
            return new CodecEncoding<(TKey, TCombined)>(codec);
        }

        return codecs.Find<TKey>(site, pipeline) is { } key && codecs.Find<TCombined>(site, pipeline) is { } combined
            ? new PairEncoding<TKey, TCombined>(key, combined)
            : null;
    }
}
