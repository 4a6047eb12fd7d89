namespace CodegenStreaming.Codecs;

/// <summary>
/// Names a codec of one's own, which generated code then uses for the type instead of one that it would write. On a class or structure it names that type's
/// codec; on the assembly (<c>[assembly: RecordCodec(typeof(VersionCodec))]</c>) that of any type which is not one's own. It is for calls in classes marked
/// <c>[StreamingPipeline]</c> or <c>[StreamingOperators]</c>; other calls find the codecs that <c>UseCodec</c> was given.
/// </summary>
/// <param name="codec">
/// A structure that implements <see cref="ICodec{T}"/>, by public members: T says for which type it is. A codec of a class also writes and reads null.
/// </param>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Enum | AttributeTargets.Assembly,
    AllowMultiple = true, Inherited = false)]
public sealed class RecordCodecAttribute(Type codec) : Attribute
{
    /// <summary>The codec.</summary>
    public Type Codec { get; } = codec;
}
