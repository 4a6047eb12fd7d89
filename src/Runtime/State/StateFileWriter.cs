using CodegenStreaming.Checkpoints;
using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;

namespace CodegenStreaming.State;

/// <summary>Writes entries of a state as files, a chunk at a time. Used by one thread.</summary>
/// <param name="keys">How keys are written.</param>
/// <param name="states">How states are.</param>
/// <param name="hasTimes">Whether the times of their last updates are written too.</param>
/// <param name="pool">Where memory comes from.</param>
/// <param name="emit">Takes each file.</param>
internal sealed class StateFileWriter<TKey, TState>(RecordCodec<TKey> keys, RecordCodec<TState> states, bool hasTimes, BlockPool pool, Action<byte[]> emit)
    : IDisposable
{
    private readonly TKey[] _keys = pool.Rent<TKey>(StateFileFormat.ChunkLength);
    private readonly TState[] _states = pool.Rent<TState>(StateFileFormat.ChunkLength);
    private readonly long[] _times = pool.Rent<long>(StateFileFormat.ChunkLength);
    private StateChunk _kind = StateChunk.End;
    private int _count;
    private byte[] _bytes = [];
    private int _length;

    /// <summary>A key has no state any more.</summary>
    public void Remove(TKey key)
    {
        Begin(StateChunk.Removed);
        _keys[_count++] = key;
    }

    /// <summary>A key has a state.</summary>
    /// <param name="key">The key.</param>
    /// <param name="state">The state.</param>
    /// <param name="time">The time of its last update, in milliseconds.</param>
    public void Set(TKey key, TState state, long time)
    {
        Begin(StateChunk.Entries);
        (_keys[_count], _states[_count], _times[_count]) = (key, state, time);
        _count++;
    }

    /// <summary>The last entry has been given. Nothing was emitted where there was none.</summary>
    public void Complete()
    {
        EndChunk();
        EndFile();
    }

    public void Dispose()
    {
        pool.Return(_keys, StateFileFormat.ChunkLength);
        pool.Return(_states, StateFileFormat.ChunkLength);
        pool.Return(_times, 0);
        if (_bytes.Length > 0)
        {
            pool.Return(_bytes, 0);
            _bytes = [];
        }
    }

    private void Begin(StateChunk kind)
    {
        if (_kind != kind || _count == StateFileFormat.ChunkLength)
        {
            EndChunk();
            _kind = kind;
        }
    }

    private void EndChunk()
    {
        if (_count == 0)
        {
            return;
        }

        var writer = _bytes.Length == 0 ? new RecordWriter(pool) : new RecordWriter(pool, _bytes, _length);
        try
        {
            if (writer.Length == 0)
            {
                writer.WriteByte(hasTimes ? StateFileFormat.HasTimes : (byte)0);
                SchemaFormat.Write(ref writer, keys.Schema);
                SchemaFormat.Write(ref writer, states.Schema);
            }

            writer.WriteByte((byte)_kind);
            writer.WriteLength(_count);
            WriteColumn(ref writer, keys, _keys.AsSpan(0, _count));
            if (_kind == StateChunk.Entries)
            {
                WriteColumn(ref writer, states, _states.AsSpan(0, _count));
                foreach (var time in _times.AsSpan(0, hasTimes ? _count : 0))
                {
                    writer.WriteInt64(time);
                }
            }
        }
        finally
        {
            (_bytes, _length) = writer.Detach();
        }

        _count = 0;
        if (_length >= StateFileFormat.FileLength)
        {
            EndFile();
        }
    }

    private static void WriteColumn<T>(ref RecordWriter writer, RecordCodec<T> codec, ReadOnlySpan<T> values)
    {
        var start = writer.Length;
        writer.WriteInt32(0);
        codec.WriteAll(ref writer, values);
        writer.SetInt32(start, writer.Length - start - sizeof(int));
    }

    private void EndFile()
    {
        if (_length == 0)
        {
            return;
        }

        var writer = new RecordWriter(pool, _bytes, _length);
        writer.WriteByte((byte)StateChunk.End);
        emit(SealedFile.Seal(FileKind.State, writer.Written));
        writer.Truncate(0);
        (_bytes, _length) = writer.Detach();
    }
}
