using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CheckpointTool.Reading;

/// <summary>Takes values from bytes one by one, as a newer schema writes them: files of a checkpoint may be older than the program that wrote it last.</summary>
/// <param name="written">The schema of the bytes.</param>
/// <param name="wanted">That of the program.</param>
/// <param name="pool">Where memory comes from.</param>
/// <exception cref="IncompatibleSchemaException">The newer one can't be made of the older.</exception>
internal sealed class ValueReader(RecordSchema written, RecordSchema wanted, BlockPool pool)
{
    private readonly SchemaUpgrade? _upgrade = written.Equals(wanted) ? null : SchemaUpgrade.Plan(written, wanted);
    private byte[] _bytes = [];

    /// <summary>The next value's bytes, valid until the next call.</summary>
    public ReadOnlySpan<byte> Next(ref RecordReader reader)
    {
        if (_upgrade is null)
        {
            var start = reader.Position;
            SkipUpgrade.Skip(ref reader, written);
            return reader.Between(start, reader.Position);
        }

        var length = 0;
        var writer = _bytes.Length == 0 ? new RecordWriter(pool) : new RecordWriter(pool, _bytes, 0);
        try
        {
            _upgrade.Convert(ref reader, ref writer);
        }
        finally
        {
            (_bytes, length) = writer.Detach();
        }

        return _bytes.AsSpan(0, length);
    }
}
