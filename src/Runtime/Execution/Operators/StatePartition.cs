using CodegenStreaming.Codecs;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Execution.Saving;
using CodegenStreaming.Memory;
using CodegenStreaming.State;

namespace CodegenStreaming.Execution.Operators;

/// <summary>
/// A partition of a keyed state, and how a batch changes it: a transaction, begun by each attempt of its task and ended on the driver when it is known
/// whether all tasks have succeeded.
/// </summary>
internal abstract class StatePartition<TKey, TValue, TState, TOut> : ISavedTable<TKey, TState>
{
    /// <summary>The number of keys.</summary>
    public abstract int Count { get; }

    /// <summary>True where a batch without records would change nothing and call no function.</summary>
    public abstract bool IsIdle(BatchTime time);

    /// <summary>Does a batch's work.</summary>
    /// <returns>What the functions have given; null where the state itself is the result.</returns>
    public abstract Block<TOut>? Advance(TaskScope task, StateInput<TKey, TValue, TState> input);

    public abstract void Commit();

    /// <summary>Undoes what an attempt has changed, if anything.</summary>
    public abstract void Rollback();

    /// <summary>The keys and their states, after a commit. The block is the caller's.</summary>
    public abstract Block<(TKey, TState)> Show(BlockPool pool);

    public abstract void TrackChanges();

    public abstract TableSnapshot TakeSnapshot(RecordCodec<TKey> keys, RecordCodec<TState> states);

    public abstract IStateFileTarget<TKey, TState> BeginRestore(BatchTime time);

    /// <summary>Another thread is about to read.</summary>
    public abstract void Share();

    /// <summary>Looks a key up on another thread; false where what was found cannot be. See <see cref="StateDoor"/>.</summary>
    public abstract bool TryFind(TKey key, out Option<TState> state);

    /// <summary>Adds all keys and states to a list on another thread; false where what was found cannot be.</summary>
    public abstract bool TryCopy(List<(TKey Key, TState State)> states, Func<bool> goesOn);
}

/// <summary>What a batch's tasks read.</summary>
/// <param name="Values">The records.</param>
/// <param name="Initial">The state to begin with, in the first batch.</param>
/// <param name="Targets">How keys are divided.</param>
internal sealed record StateInput<TKey, TValue, TState>(
    KeyedInput<TKey, TValue>.Arrived Values, KeyedInput<TKey, TState>.Arrived? Initial, IPartitioner<TKey> Targets);

/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TImage">What the table keeps of a key to find it again.</typeparam>
/// <typeparam name="TValue">The records' values.</typeparam>
/// <typeparam name="TStored">What the table holds by key.</typeparam>
/// <typeparam name="TState">What others see of that.</typeparam>
/// <typeparam name="TOut">What the functions give.</typeparam>
/// <typeparam name="TKeys">How the table hashes, compares and keeps keys.</typeparam>
/// <typeparam name="TStorage">How a state is stored.</typeparam>
internal abstract class StatePartition<TKey, TImage, TValue, TStored, TState, TOut, TKeys, TStorage>(TKeys keys)
    : StatePartition<TKey, TValue, TState, TOut>
    where TImage : unmanaged, IKeyImage
    where TKeys : struct, IStateKeys<TKey, TImage>
    where TStorage : struct, IStoredState<TStored, TState>
{
    /// <summary>How many records are looked up together, so that their cache misses happen at the same time.</summary>
    protected const int StageLength = 64;

    private readonly ViewedTable<TKey, TImage, TStored, TState, TKeys, TStorage> _table = new(keys);
    private readonly TImage[] _images = new TImage[StageLength];
    private readonly int[] _positions = new int[StageLength];

    public sealed override int Count => Table.Count;

    protected StateTable<TKey, TImage, TStored, TKeys> Table => _table.Table;

    public sealed override Block<TOut>? Advance(TaskScope task, StateInput<TKey, TValue, TState> input)
    {
        try
        {
            _table.Begin();
            Begin(task, input);
            input.Initial?.Push(task, new InitialState(this, task.Scope.Time!.Value));
            BeginRecords();
            using (var share = input.Values.Open(task))
            {
                foreach (var (block, targets) in share.Blocks)
                {
                    task.Cancellation.ThrowIfCancellationRequested();
                    Enter(block.Records, targets is null ? default : targets.Records, task.Partition);
                }
            }

            return End(task);
        }
        catch
        {
            Rollback();
            throw;
        }
    }

    public override void Commit()
    {
        if (Table.IsInBatch)
        {
            Table.Commit();
        }
    }

    public override void Rollback() => _table.Rollback();

    public sealed override Block<(TKey, TState)> Show(BlockPool pool) => _table.Show(pool);

    public sealed override void TrackChanges() => Table.TrackChanges();

    public sealed override TableSnapshot TakeSnapshot(RecordCodec<TKey> keys, RecordCodec<TState> states) => _table.TakeSnapshot(keys, states);

    public sealed override IStateFileTarget<TKey, TState> BeginRestore(BatchTime time)
    {
        _table.Begin();
        return _table.Target(time);
    }

    public sealed override void Share() => Table.Share();

    public sealed override bool TryFind(TKey key, out Option<TState> state)
    {
        var isRead = Table.TryFind(key, out var stored, out var exists);
        state = exists ? new Option<TState>(TStorage.Of(in stored!)) : default;
        return isRead;
    }

    public sealed override bool TryCopy(List<(TKey Key, TState State)> states, Func<bool> goesOn)
    {
        var entries = new List<(TKey Key, TStored Stored)>(Table.Count);
        if (!Table.TryCopy(entries, goesOn))
        {
            return false;
        }

        foreach (var (key, stored) in entries)
        {
            states.Add((key, TStorage.Of(in stored)));
        }

        return true;
    }

    /// <summary>An attempt begins; the table may have moved its entries together.</summary>
    protected abstract void Begin(TaskScope task, StateInput<TKey, TValue, TState> input);

    /// <summary>A key and its state to begin with; of equal keys one after another.</summary>
    protected abstract void Load(TKey key, TState state, BatchTime time);

    /// <summary>The table has its initial state, if there is one; records follow.</summary>
    protected virtual void BeginRecords()
    {
    }

    /// <summary>Some records, whose buckets of the index have been asked for.</summary>
    protected abstract void Enter(ReadOnlySpan<(TKey, TValue)> records, ReadOnlySpan<int> positions, ReadOnlySpan<TImage> images);

    /// <summary>All records have been entered.</summary>
    protected abstract Block<TOut>? End(TaskScope task);

    private void Enter(ReadOnlySpan<(TKey, TValue)> records, ReadOnlySpan<int> partitionOf, int partition)
    {
        var staged = 0;
        for (var position = 0; position < records.Length; position++)
        {
            if (!partitionOf.IsEmpty && partitionOf[position] != partition)
            {
                continue;
            }

            var image = Table.ImageOf(records[position].Item1);
            Table.Expect(image);
            (_images[staged], _positions[staged]) = (image, position);
            if (++staged == StageLength)
            {
                Enter(records, _positions, _images);
                staged = 0;
            }
        }

        Enter(records, _positions.AsSpan(0, staged), _images.AsSpan(0, staged));
    }

    private sealed class InitialState(StatePartition<TKey, TImage, TValue, TStored, TState, TOut, TKeys, TStorage> partition, BatchTime time) : RecordOutput<(TKey, TState)>
    {
        public override void Write((TKey, TState) record) => partition.Load(record.Item1, record.Item2, time);
    }
}
