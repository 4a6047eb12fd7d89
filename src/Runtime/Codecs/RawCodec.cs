using System.Runtime.CompilerServices;

namespace CodegenStreaming.Codecs;

/// <summary>
/// Writes structures without references as they lie in memory, for programs without generated code. What is written is read by the same type of the same
/// name and size, and by nothing else.
/// </summary>
internal readonly struct RawCodec<T> : ICodec<T>
{
    public static RecordSchema Schema { get; } = RecordSchema.Raw(typeof(T).ToString(), Unsafe.SizeOf<T>());

    public static bool IsRaw => true;

    public static void Write(ref RecordWriter writer, T value) => writer.WriteRaw(new ReadOnlySpan<T>(in value));

    public static T Read(ref RecordReader reader)
    {
        T value = default!;
        reader.ReadRaw(new Span<T>(ref value));
        return value;
    }
}
