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
/// <typeparam name="TMapped">What the function gives.</typeparam>
/// <typeparam name="TKeys">How the table hashes, compares and keeps keys.</typeparam>
/// <typeparam name="TFunction">The function.</typeparam>
/// <param name="keys">How the table hashes, compares and keeps keys.</param>
/// <param name="function">The function.</param>
/// <param name="timeout">How long a key sleeps until it times out, in milliseconds; null for ever.</param>
internal sealed class MappedState<TKey, TImage, TValue, TState, TMapped, TKeys, TFunction>(TKeys keys, TFunction function, long? timeout)
    : StatePartition<TKey, TImage, TValue, TimedState<TState>, TState, TMapped, TKeys, TimedState<TState>>(keys)
    where TImage : unmanaged, IKeyImage
    where TKeys : struct, IStateKeys<TKey, TImage>
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
        var timed = new TimedState<TState>(state, time.Milliseconds);
        if (Table.NumberOf(key, image) is >= 0 and var number)
        {
            Table.SetValue(number, timed);
        }
        else
        {
            Table.Add(key, image, timed);
        }
    }

    protected override void Enter(ReadOnlySpan<(TKey, TValue)> records, ReadOnlySpan<int> positions, ReadOnlySpan<TImage> images)
    {
        if (Table.IsLarge)
        {
            for (var index = 0; index < positions.Length; index++)
            {
                _guesses[index] = Table.ExpectEntry(images[index]);
            }
        }
        else
        {
            _guesses.AsSpan(0, positions.Length).Fill(-1);
        }

        for (var index = 0; index < positions.Length; index++)
        {
            ref readonly var record = ref records[positions[index]];
            var number = _guesses[index];
            Map(in record, images[index], number >= 0 && Table.IsKeyOf(number, record.Item1, images[index]) ? number : Table.NumberOf(record.Item1, images[index]));
        }
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

    private void Map(in (TKey Key, TValue Value) record, TImage image, int number)
    {
        var before = number >= 0 ? Table.ValueOf(number) : default;
        if (number >= 0)
        {
            _state.Begin(before.State);
        }
        else
        {
            _state.Begin();
        }

        Call(record.Key, new Option<TValue>(record.Value));
        if (_state.IsUpdated)
        {
            var after = new TimedState<TState>(_state.Get(), _time.Milliseconds);
            if (number >= 0)
            {
                Table.SetValue(number, after);
            }
            else
            {
                Table.Add(record.Key, image, after);
            }
        }
        else if (number >= 0)
        {
            if (_state.IsRemoved)
            {
                Table.RemoveAt(number);
            }
            else if (timeout is not null && before.Time != _time.Milliseconds)
            {
                Table.SetValue(number, before with { Time = _time.Milliseconds });
            }
        }
    }

    private void TimeOut(TaskScope task, long threshold)
    {
        var lists = _times.CountBefore(threshold);
        for (var list = 0; list < lists; list++)
        {
            task.Cancellation.ThrowIfCancellationRequested();
            foreach (var number in _times.Numbers(list))
            {
                if (Table.IsLive(number) && Table.ValueOf(number) is var state && state.Time < threshold)
                {
                    _state.BeginTimingOut(state.State);
                    Call(Table.KeyOf(number), default);
                    Table.RemoveAt(number);
                }
            }
        }
    }

    private void Call(TKey key, Option<TValue> value)
    {
        if (function.TryMap(_time, key, value, _state, out var mapped))
        {
            _output!.Write(mapped);
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
            _times.Add(Table.ValueOf(number).Time, number);
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
