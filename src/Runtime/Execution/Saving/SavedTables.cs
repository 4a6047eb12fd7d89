using CodegenStreaming.Checkpoints;
using CodegenStreaming.Codecs;
using CodegenStreaming.Execution.Operators;
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

    public IReadOnlyList<(string Name, RecordSchema Schema)> Schemas => [("key", keys.Schema), ("state", states.Schema)];

    /// <summary>The tables, when they are made, begin with this.</summary>
    /// <exception cref="CorruptRecordException">It is damaged.</exception>
    public void Restore(RestoredStream saved)
    {
        ReadFiles(saved.Saved); // Throws now and not in a batch.
        _restored = saved;
    }

    /// <summary>Captures the tables; where there are none yet, what was restored, or nothing.</summary>
    public CapturedStream Capture(ISavedTable<TKey, TState>[]? tables)
    {
        if (tables is null)
        {
            return new Unchanged(_restored?.Saved ?? new SavedStream([], Describe([], pool)));
        }

        _files ??= [.. tables.Select(static _ => new TableFiles())];
        var snapshots = Array.ConvertAll(tables, table => table.TakeSnapshot(keys, states));
        for (var table = 0; table < snapshots.Length; table++)
        {
            if (!_files[table].WritesAll)
            {
                snapshots[table].CopyFewChanges();
            }
        }

        return new Captured(_files, snapshots, pool);
    }

    /// <summary>The tables are made: what was restored, if anything, is brought into them, and from now on they know what changes.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="partitioner">Which of them a key belongs to.</param>
    public void Begin(ISavedTable<TKey, TState>[] tables, IPartitioner<TKey> partitioner)
    {
        Array.ForEach(tables, static table => table.TrackChanges());
        if (_restored is not { } restored)
        {
            return;
        }

        var files = ReadFiles(restored.Saved);
        var reader = new StateFileReader<TKey, TState>(keys, states, pool);
        var isMoved = files.Length != tables.Length;
        for (var source = 0; source < files.Length; source++)
        {
            // Each file is a batch of its own: what is noted for a rollback that never comes stays small.
            foreach (var file in files[source].Files)
            {
                var targets = new Targets(tables, partitioner, restored.Time);
                reader.Read(restored.Read(file).Span, file.Name, targets);
                targets.Commit();
                isMoved |= targets.HasOtherThan(source);
            }
        }

        // Where keys have moved, the files are of tables that are divided in another way.
        _files = isMoved ? null : files;
        if (!isMoved)
        {
            Array.ForEach(tables, table => table.TakeSnapshot(keys, states).Dispose()); // All that has changed until now is in files.
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
        return RecordBytes.Of(pool, (ref RecordWriter writer) =>
        {
            writer.WriteLength(files.Length);
            foreach (var table in files)
            {
                table.Describe(ref writer);
            }
        });
    }

    /// <summary>Gives each entry to its table.</summary>
    private sealed class Targets(ISavedTable<TKey, TState>[] tables, IPartitioner<TKey> partitioner, BatchTime time) : IStateFileTarget<TKey, TState>
    {
        private readonly IStateFileTarget<TKey, TState>?[] _begun = new IStateFileTarget<TKey, TState>?[tables.Length];

        public void Remove(TKey key) => Of(key).Remove(key);

        public void Set(TKey key, TState state, long? timeOfState) => Of(key).Set(key, state, timeOfState);

        /// <summary>Whether keys were of another table.</summary>
        public bool HasOtherThan(int table) => _begun.Where((target, index) => target is not null && index != table).Any();

        public void Commit()
        {
            for (var table = 0; table < tables.Length; table++)
            {
                if (_begun[table] is not null)
                {
                    tables[table].Commit();
                }
            }
        }

        private IStateFileTarget<TKey, TState> Of(TKey key)
        {
            var table = Exchange.PartitionOf(partitioner, tables.Length, key);
            return _begun[table] ??= tables[table].BeginRestore(time);
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
