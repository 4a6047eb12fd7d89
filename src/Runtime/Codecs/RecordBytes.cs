using CodegenStreaming.Memory;

namespace CodegenStreaming.Codecs;

/// <summary>A few values as bytes of their own.</summary>
internal static class RecordBytes
{
    public delegate void Filling(ref RecordWriter writer);

    /// <summary>What a function has written; the writer's memory goes back to the pool.</summary>
    public static byte[] Of(BlockPool pool, Filling fill)
    {
        var writer = new RecordWriter(pool);
        try
        {
            fill(ref writer);
            return writer.Written.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }
}
