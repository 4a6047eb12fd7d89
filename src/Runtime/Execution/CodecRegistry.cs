using System.Collections.Concurrent;
using CodegenStreaming.Codecs;
using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.Execution;

/// <summary>Finds the codec of a record type: the user's, the generated one of the class that asks, a built-in one. Thread-safe.</summary>
internal sealed class CodecRegistry
{
    private readonly ConcurrentDictionary<Type, RecordCodec> _codecs = new();

    public void Use<T>(RecordCodec<T> codec) => _codecs[typeof(T)] = codec;

    /// <summary>The codec of a type.</summary>
    /// <param name="site">The call that needs it; null outside annotated classes.</param>
    /// <param name="pipeline">The pipeline whose definition made the call; null where there is none.</param>
    /// <exception cref="MissingCodecException">There is none.</exception>
    public RecordCodec<T> Of<T>(CallSite? site, IPipelineLoops? pipeline) => Find<T>(site, pipeline) ?? throw new MissingCodecException(typeof(T));

    /// <summary>The codec of a type, or null.</summary>
    /// <param name="site">The call that needs it; null outside annotated classes.</param>
    /// <param name="pipeline">The pipeline whose definition made the call; null where there is none.</param>
    public RecordCodec<T>? Find<T>(CallSite? site, IPipelineLoops? pipeline) =>
        (RecordCodec<T>?)_codecs.GetValueOrDefault(typeof(T)) ?? Generated<T>(site, pipeline) ?? BuiltInCodecs.Find<T>();

    private static RecordCodec<T>? Generated<T>(CallSite? site, IPipelineLoops? pipeline)
    {
        if (site is null)
        {
            return null;
        }

        var table = pipeline is not null && pipeline.Loops.Key == site.Table.Key ? pipeline.Loops : site.Table.Loops;
        return table?.CodecOf<T>();
    }
}
