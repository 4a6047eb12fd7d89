using CodegenStreaming.Checkpoints;
using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;

namespace CodegenStreaming.State;

/// <summary>Takes what a state's file says.</summary>
internal interface IStateFileTarget<TKey, TState>
{
    /// <summary>A key has no state any more; it may have had none.</summary>
    void Remove(TKey key);

    /// <summary>A key has a state.</summary>
    /// <param name="key">The key.</param>
    /// <param name="state">The state.</param>
    /// <param name="time">The time of its last update, in milliseconds; null where states had none when the file was written.</param>
    void Set(TKey key, TState state, long? time);
}

/// <summary>
/// Reads files that <see cref="StateFileWriter{TKey, TState}"/> has written, perhaps with older schemas. Whatever their bytes are, they give entries or an
/// exception that names the file; none asks for more memory than its length accounts for. Immutable, hence thread-safe.
/// </summary>
internal sealed class StateFileReader<TKey, TState>(RecordCodec<TKey> keys, RecordCodec<TState> states, BlockPool pool)
{
    /// <summary>Gives all that a file says to a target, in order.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="target">Takes it; what was given before the file was found to be damaged stays given.</param>
    /// <exception cref="CorruptRecordException">It is no file of a state, or damaged.</exception>
    /// <exception cref="IncompatibleSchemaException">Keys or states can't be made of those that it holds.</exception>
    public void Read(ReadOnlySpan<byte> file, string name, IStateFileTarget<TKey, TState> target)
    {
        var content = SealedFile.Open(FileKind.State, file, name);
        try
        {
            var reader = new RecordReader(content);
            var flags = reader.ReadByte();
            if (flags > StateFileFormat.HasTimes)
            {
                reader.Fail($"The flags {flags} are none that this library knows", 0);
            }

            var keyDecoder = new RecordDecoder<TKey>(keys, SchemaFormat.Read(ref reader));
            var stateDecoder = new RecordDecoder<TState>(states, SchemaFormat.Read(ref reader));
            while (ReadChunk(ref reader, flags, keyDecoder, stateDecoder, target))
            {
            }

            if (reader.Remaining > 0)
            {
                reader.Fail("Bytes are left behind the end");
            }
        }
        catch (CorruptRecordException exception)
        {
            throw new CorruptRecordException(exception.Problem, name, exception.Offset, exception);
        }
        catch (IncompatibleSchemaException exception)
        {
            throw new IncompatibleSchemaException(exception.Field, exception.Problem, name);
        }
    }

    private bool ReadChunk(ref RecordReader reader, byte flags, RecordDecoder<TKey> keyDecoder, RecordDecoder<TState> stateDecoder, IStateFileTarget<TKey, TState> target)
    {
        var start = reader.Position;
        var kind = (StateChunk)reader.ReadByte();
        if (kind == StateChunk.End)
        {
            return false;
        }

        if (kind > StateChunk.Entries)
        {
            reader.Fail($"A chunk of the kind {(byte)kind} is none that this library knows", start);
        }

        var count = reader.ReadLength();
        if (count > StateFileFormat.ChunkLength)
        {
            reader.Fail($"A chunk of {count} entries is longer than any that is written", start);
        }

        var keyBlock = keyDecoder.Read(ReadColumn(ref reader), count, pool);
        try
        {
            if (kind == StateChunk.Removed)
            {
                foreach (var key in keyBlock.Records)
                {
                    target.Remove(key);
                }

                return true;
            }

            var stateBlock = stateDecoder.Read(ReadColumn(ref reader), count, pool);
            try
            {
                var keysOfChunk = keyBlock.Records;
                var statesOfChunk = stateBlock.Records;
                for (var index = 0; index < keysOfChunk.Length; index++)
                {
                    target.Set(keysOfChunk[index], statesOfChunk[index], (flags & StateFileFormat.HasTimes) != 0 ? reader.ReadInt64() : null);
                }
            }
            finally
            {
                stateBlock.Release();
            }
        }
        finally
        {
            keyBlock.Release();
        }

        return true;
    }

    private static ReadOnlySpan<byte> ReadColumn(ref RecordReader reader) => reader.ReadBytes(reader.ReadInt32());
}
