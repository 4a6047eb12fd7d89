using CodegenStreaming.Checkpoints;
using CodegenStreaming.Codecs;
using CodegenStreaming.Memory;
using CodegenStreaming.State;

namespace CodegenStreaming.Execution.Saving;

/// <summary>How a state that is divided into tables is saved, and loaded again into as many tables or others.</summary>
/// <param name="keys">How keys are written.</param>
/// <param name="states">How states are written.</param>
/// <param name="pool">Where memory comes from.</param>
internal sealed class SavedTables<TKey, TState>(RecordCodec<TKey> keys, RecordCodec<TState> states, BlockPool pool)
{
    private RestoredStream? _restored;

    /// <summary>The files of each table, once the tables are there. Written to by the thread that writes captures.</summary>
    private TableFiles[]? _files;

    public BlockPool Pool => pool;

    public RecordCodec<TKey> Keys => keys;

    public RecordCodec<TState> States => states;

    public IReadOnlyList<(string Name, RecordSchema Schema)> Schemas => [("key", keys.Schema), ("state", states.Schema)];

    /// <summary>The tables, when they are made, begin with this.</summary>
    /// <exception cref="CorruptRecordException">It is damaged.</exception>
    public void Restore(RestoredStream saved)
    {
        ReadFiles(saved.Saved); // Throws now and not in a batch.
        _restored = saved;
    }

    /// <summary>Captures the tables; the snapshots are the capture's.</summary>
    public CapturedStream Capture(TableSnapshot[] snapshots)
    {
        _files ??= [.. snapshots.Select(static _ => new TableFiles())];
        for (var table = 0; table < snapshots.Length; table++)
        {
            if (!_files[table].WritesAll)
            {
                snapshots[table].CopyFewChanges();
            }
        }

        return new Captured(_files, snapshots, pool);
    }

    /// <summary>Captures the state before the tables are made: what was restored, or nothing.</summary>
    public CapturedStream CaptureAsRestored() => new Unchanged(_restored?.Saved ?? new SavedStream([], Describe([], pool)));

    /// <summary>Brings what was restored, if anything, into tables.</summary>
    /// <param name="count">The number of tables.</param>
    /// <param name="partitionOf">Which of them a key belongs to.</param>
    /// <param name="begin">Begins to change a table.</param>
    /// <param name="commit">Ends it.</param>
    /// <param name="forgetChanges">What has changed until now is in files.</param>
    public void Load(
        int count, Func<TKey, int> partitionOf, Func<int, BatchTime, IStateFileTarget<TKey, TState>> begin, Action<int> commit, Action<int> forgetChanges)
    {
        if (_restored is not { } restored)
        {
            return;
        }

        var files = ReadFiles(restored.Saved);
        var reader = new StateFileReader<TKey, TState>(keys, states, pool);
        var isMoved = files.Length != count;
        for (var source = 0; source < files.Length; source++)
        {
            // Each file is a batch of its own: what is noted for a rollback that never comes stays small.
            foreach (var file in files[source].Files)
            {
                var targets = new Targets(count, partitionOf, table => begin(table, restored.Time));
                reader.Read(restored.Read(file).Span, file.Name, targets);
                targets.Commit(commit);
                isMoved |= targets.HasOtherThan(source);
            }
        }

        if (isMoved)
        {
            _files = null; // The files are of tables that are divided in another way.
        }
        else
        {
            _files = files;
            for (var table = 0; table < count; table++)
            {
                forgetChanges(table);
            }
        }

        _restored = null;
    }

    private static TableFiles[] ReadFiles(SavedStream saved)
    {
        var reader = new RecordReader(saved.Content.Span);
        var tables = new TableFiles[reader.ReadLength()];
        using var files = saved.Files.GetEnumerator();
        for (var index = 0; index < tables.Length; index++)
        {
            tables[index] = TableFiles.Read(ref reader, files);
        }

        return tables;
    }

    private static byte[] Describe(TableFiles[] files, BlockPool pool)
    {
        var writer = new RecordWriter(pool);
        try
        {
            writer.WriteLength(files.Length);
            foreach (var table in files)
            {
                table.Describe(ref writer);
            }

            return writer.Written.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>Gives each entry to its table.</summary>
    private sealed class Targets(int count, Func<TKey, int> partitionOf, Func<int, IStateFileTarget<TKey, TState>> begin) : IStateFileTarget<TKey, TState>
    {
        private readonly IStateFileTarget<TKey, TState>?[] _tables = new IStateFileTarget<TKey, TState>?[count];

        public void Remove(TKey key) => Of(key).Remove(key);

        public void Set(TKey key, TState state, long? time) => Of(key).Set(key, state, time);

        /// <summary>Whether keys were of another table.</summary>
        public bool HasOtherThan(int table) => _tables.Where((target, index) => target is not null && index != table).Any();

        public void Commit(Action<int> commit)
        {
            for (var table = 0; table < count; table++)
            {
                if (_tables[table] is not null)
                {
                    commit(table);
                }
            }
        }

        private IStateFileTarget<TKey, TState> Of(TKey key)
        {
            var table = partitionOf(key);
            return _tables[table] ??= begin(table);
        }
    }

    private sealed class Captured(TableFiles[] files, TableSnapshot[] snapshots, BlockPool pool) : CapturedStream
    {
        private bool _isWritten;

        public override SavedStream Write(Func<ReadOnlySpan<byte>, CheckpointFile> write)
        {
            for (var table = 0; table < files.Length; table++)
            {
                files[table].Write(snapshots[table], pool, write);
            }

            _isWritten = true;
            return new SavedStream([.. files.SelectMany(static table => table.Files)], Describe(files, pool));
        }

        public override void Dispose()
        {
            Array.ForEach(snapshots, static snapshot => snapshot.Dispose());
            if (!_isWritten)
            {
                Array.ForEach(files, static table => table.Break());
            }
        }
    }

    private sealed class Unchanged(SavedStream saved) : CapturedStream
    {
        public override SavedStream Write(Func<ReadOnlySpan<byte>, CheckpointFile> write) => saved;

        public override void Dispose()
        {
        }
    }
}
