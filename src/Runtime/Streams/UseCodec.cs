using CodegenStreaming.Codecs;

namespace CodegenStreaming;

public sealed partial class StreamingContext
{
    /// <summary>
    /// Makes values of a type be stored by a codec, wherever the engine context stores them by themselves: records, keys, states. It goes before generated and
    /// built-in ones. Call it before the start, in <c>Define</c> say: what is restored at the start is read by it too.
    /// </summary>
    /// <param name="codec">
    /// The codec. Data that another one has written can only be read if its schema can be converted to this one's. What a generated codec stores within a value
    /// of another type is not its matter.
    /// </param>
    /// <exception cref="ContextStartedException">The context has been started.</exception>
    /// <exception cref="ContextStoppedException">The context has been stopped.</exception>
    public void UseCodec<T>(RecordCodec<T> codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        CheckDefinition("A codec");
        Engine.UseCodec(codec);
    }
}
