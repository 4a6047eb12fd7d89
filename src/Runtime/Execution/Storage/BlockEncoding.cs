using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CodegenStreaming.Codecs;
using CodegenStreaming.CompilerServices;
using CallSite = CodegenStreaming.CompilerServices.CallSite;

namespace CodegenStreaming.Execution.Storage;

/// <summary>How records become bytes and records again, for what is kept encoded and for spill files. Never read by another process.</summary>
internal abstract class BlockEncoding<T>
{
    /// <summary>How long a chunk becomes at least, unless there are no more records.</summary>
    public const int ChunkLength = 256 * 1024;

    /// <summary>The encoding of a data set's records.</summary>
    /// <param name="codec">The user's; null for none.</param>
    /// <param name="codecs">Where others are found.</param>
    /// <param name="site">The call that needs it, which leads to generated ones; null outside annotated classes.</param>
    /// <param name="pipeline">The pipeline whose definition made the call; null where there is none.</param>
    /// <exception cref="MissingCodecException">There is none.</exception>
    public static BlockEncoding<T> Of(RecordCodec<T>? codec, CodecRegistry codecs, CallSite? site, IPipelineLoops? pipeline) =>
        codec is null && !RuntimeHelpers.IsReferenceOrContainsReferences<T>()
            ? new RawEncoding<T>()
            : new CodecEncoding<T>(codec ?? codecs.Of<T>(site, pipeline));

    /// <summary>Encodes the first of some records, as many as make a chunk.</summary>
    /// <returns>How many; at least one.</returns>
    public abstract int Encode(ReadOnlySpan<T> records, ChunkBuffer chunk);

    /// <summary>Decodes a chunk.</summary>
    /// <param name="chunk">The whole chunk, found unharmed.</param>
    /// <param name="records">As many as there were.</param>
    public abstract void Decode(ReadOnlySpan<byte> chunk, Span<T> records);
}

/// <summary>Records without references are bytes already.</summary>
internal sealed class RawEncoding<T> : BlockEncoding<T>
{
    public override int Encode(ReadOnlySpan<T> records, ChunkBuffer chunk)
    {
        var count = Math.Min(records.Length, Math.Max(1, ChunkLength / Unsafe.SizeOf<T>()));
        chunk.Write(AsBytes(records[..count]));
        return count;
    }

    public override void Decode(ReadOnlySpan<byte> chunk, Span<T> records)
    {
        var bytes = AsBytes(records);
        if (chunk.Length != bytes.Length)
        {
            throw new InvalidDataException($"A chunk of {records.Length} records has {chunk.Length} bytes and not {bytes.Length}.");
        }

        chunk.CopyTo(bytes);
    }

    // Each span covers exactly the records' length times their size; any bytes are a record, since records hold no reference.
    private static ReadOnlySpan<byte> AsBytes(ReadOnlySpan<T> records) => MemoryMarshal.CreateReadOnlySpan(
        ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(records)), checked(records.Length * Unsafe.SizeOf<T>()));

    private static Span<byte> AsBytes(Span<T> records) => MemoryMarshal.CreateSpan(
        ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(records)), checked(records.Length * Unsafe.SizeOf<T>()));
}
