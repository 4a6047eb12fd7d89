using System.Runtime.CompilerServices;
using CodegenStreaming.CompilerServices;
using CodegenStreaming.Memory;
using CodegenStreaming.State;

namespace CodegenStreaming.Execution.Operators;

/// <summary>
/// A partition whose function is called for each record, in their order, and then for each key that has timed out. Keys without records cost nothing.
/// </summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TImage">What the table keeps of a key to find it again.</typeparam>
/// <typeparam name="TValue">The records' values.</typeparam>
/// <typeparam name="TState">The state.</typeparam>
/// <typeparam name="TStored">What the table holds by key.</typeparam>
/// <typeparam name="TMapped">What the function gives.</typeparam>
/// <typeparam name="TKeys">How the table hashes, compares and keeps keys.</typeparam>
/// <typeparam name="TStorage">How a state is stored.</typeparam>
/// <typeparam name="TFunction">The function.</typeparam>
/// <param name="keys">How the table hashes, compares and keeps keys.</param>
/// <param name="function">The function.</param>
/// <param name="timeout">How long a key sleeps until it times out, in milliseconds; null for ever.</param>
internal sealed class MappedState<TKey, TImage, TValue, TState, TStored, TMapped, TKeys, TStorage, TFunction>(TKeys keys, TFunction function, long? timeout)
    : StatePartition<TKey, TImage, TValue, TStored, TState, TMapped, TKeys, TStorage>(keys)
    where TImage : unmanaged, IKeyImage
    where TKeys : struct, IStateKeys<TKey, TImage>
    where TStorage : struct, IStoredState<TStored, TState>
    where TFunction : struct, IMappingFunction<TKey, TValue, TState, TMapped>
{
    private readonly State<TState> _state = new();
    private readonly UpdateTimes _times = new();
    private readonly int[] _guesses = new int[StageLength];
    private BlockOutput<TMapped>? _output;
    private BatchTime _time;
    private int _compactions;

    /// <summary>States that were last updated before it have timed out.</summary>
    private long Threshold => _time.Milliseconds - timeout!.Value;

    public override bool IsIdle(BatchTime time) => timeout is not { } duration || !_times.HasBefore(time.Milliseconds - duration);

    public override void Commit()
    {
        if (timeout is not null && Table.IsInBatch)
        {
            MoveTouched();
            for (var number = Table.CountBefore; number < Table.NumberCount; number++)
            {
                Track(number);
            }
        }

        base.Commit();
    }

    protected override void Begin(TaskScope task, StateInput<TKey, TValue, TState> input)
    {
        _time = task.Scope.Time!.Value;
        _output = task.NewBlock<TMapped>();
        if (timeout is not null && _compactions != Table.Compactions)
        {
            _times.Clear();
            for (var number = 0; number < Table.NumberCount; number++)
            {
                Track(number);
            }

            _compactions = Table.Compactions;
        }
    }

    protected override void Load(TKey key, TState state, BatchTime time)
    {
        var image = Table.ImageOf(key);
        var stored = TStorage.Store(state, time.Milliseconds);
        if (Table.NumberOf(key, image) is >= 0 and var number)
        {
            Table.SetValue(number, stored);
        }
        else
        {
            Table.Add(key, image, stored);
        }
    }

    protected override void Enter(ReadOnlySpan<(TKey, TValue)> records, ReadOnlySpan<int> positions, ReadOnlySpan<TImage> images)
    {
        var guesses = _guesses.AsSpan(0, positions.Length);
        if (Table.IsLarge)
        {
            for (var index = 0; index < guesses.Length; index++)
            {
                guesses[index] = Table.ExpectEntry(images[index]);
            }
        }
        else
        {
            guesses.Fill(-1);
        }

        var output = _output!;
        var room = output.Reserve(positions.Length);
        var mapped = 0;
        for (var index = 0; index < guesses.Length; index++)
        {
            if (TryMap(in records[positions[index]], images[index], guesses[index], out room[mapped]))
            {
                mapped++;
            }

            if (_state.IsRemoved)
            {
                guesses[(index + 1)..].Fill(-1); // One of them may be the entry that was removed.
            }
        }

        output.Count += mapped;
    }

    protected override Block<TMapped>? End(TaskScope task)
    {
        if (timeout is not null)
        {
            TimeOut(task, Threshold);
        }

        _state.End();
        return task.Take(_output!);
    }

    private bool TryMap(in (TKey Key, TValue Value) record, TImage image, int number, out TMapped mapped)
    {
        ref TStored stored = ref Table.ValueIfOf(number, record.Key, image);
        if (Unsafe.IsNullRef(ref stored))
        {
            number = Table.NumberOf(record.Key, image);
            if (number < 0)
            {
                return TryMapNew(in record, image, out mapped);
            }

            stored = ref Table.ValueAt(number);
        }

        // The function has no way to the table: the entry stays where it is.
        _state.Begin(TStorage.Of(in stored));
        var isMapped = function.TryMap(_time, record.Key, new Option<TValue>(record.Value), _state, out mapped);
        if (_state.IsUpdated)
        {
            Table.Note(number, in stored);
            stored = TStorage.Store(_state.Get(), _time.Milliseconds);
        }
        else if (_state.IsRemoved)
        {
            Table.RemoveAt(number);
        }
        else if (timeout is not null && TStorage.TimeOf(in stored) != _time.Milliseconds)
        {
            Table.Note(number, in stored);
            stored = TStorage.Store(TStorage.Of(in stored), _time.Milliseconds);
        }

        return isMapped;
    }

    private bool TryMapNew(in (TKey Key, TValue Value) record, TImage image, out TMapped mapped)
    {
        _state.Begin();
        var isMapped = function.TryMap(_time, record.Key, new Option<TValue>(record.Value), _state, out mapped);
        if (_state.IsUpdated)
        {
            Table.Add(record.Key, image, TStorage.Store(_state.Get(), _time.Milliseconds));
        }

        return isMapped;
    }

    private void TimeOut(TaskScope task, long threshold)
    {
        var lists = _times.CountBefore(threshold);
        for (var list = 0; list < lists; list++)
        {
            task.Cancellation.ThrowIfCancellationRequested();
            foreach (var number in _times.Numbers(list))
            {
                if (Table.IsLive(number) && Table.ValueOf(number) is var stored && TStorage.TimeOf(in stored) < threshold)
                {
                    _state.BeginTimingOut(TStorage.Of(in stored));
                    if (function.TryMap(_time, Table.KeyOf(number), default, _state, out var mapped))
                    {
                        _output!.Write(mapped);
                    }

                    Table.RemoveAt(number);
                }
            }
        }
    }

    /// <summary>Entries of lists whose time has passed, and that have been updated since, wait for their next time.</summary>
    private void MoveTouched()
    {
        var lists = _times.CountBefore(Threshold);
        for (var list = 0; list < lists; list++)
        {
            foreach (var number in _times.Numbers(list))
            {
                Track(number);
            }
        }

        _times.DropFirst(lists);
    }

    private void Track(int number)
    {
        if (Table.IsLive(number))
        {
            _times.Add(TStorage.TimeOf(Table.ValueOf(number)), number);
        }
    }
}

/// <summary>A function that gives something for each call.</summary>
internal readonly struct SimpleMapping<TKey, TValue, TState, TMapped>(Func<TKey, Option<TValue>, State<TState>, TMapped> function)
    : IMappingFunction<TKey, TValue, TState, TMapped>
{
    public bool TryMap(BatchTime time, TKey key, Option<TValue> value, State<TState> state, out TMapped mapped)
    {
        mapped = function(key, value, state);
        return true;
    }
}

/// <summary>A function that is told the time too and may give nothing.</summary>
internal readonly struct TimedMapping<TKey, TValue, TState, TMapped>(Func<BatchTime, TKey, Option<TValue>, State<TState>, Option<TMapped>> function)
    : IMappingFunction<TKey, TValue, TState, TMapped>
{
    public bool TryMap(BatchTime time, TKey key, Option<TValue> value, State<TState> state, out TMapped mapped)
    {
        var result = function(time, key, value, state);
        mapped = result.GetValueOrDefault()!;
        return result.HasValue;
    }
}
