using CodegenStreaming.CompilerServices;
using CodegenStreaming.State;

namespace CodegenStreaming.Execution.Operators;

/// <summary>A partition whose function is called for each key.</summary>
internal sealed class KeywiseState<TKey, TImage, TValue, TState, TKeys, TFunction>(TKeys keys, TFunction function)
    : GroupedState<TKey, TImage, TValue, TState, TKeys>(keys)
    where TImage : unmanaged, IKeyImage
    where TKeys : struct, IStateKeys<TKey, TImage>
    where TFunction : struct, IStateFunction<TKey, TValue, TState>
{
    /// <summary>How many entries ahead rows are asked for.</summary>
    private const int Ahead = 16;

    private readonly List<TValue> _values = [];

    protected override void Update(TaskScope task)
    {
        _values.Clear();
        var update = new Updated(Rows, _values, function, task.Scope.Time!.Value, StatesBefore);
        Table.Rewrite(ref update, task.Cancellation);
    }

    private struct Updated(EntryRows<TValue> rows, List<TValue> values, TFunction function, BatchTime time, int statesBefore) : IStateUpdate<TKey, TState>
    {
        private readonly bool _asksAhead = rows.AreMany;

        public bool Update(int number, in TKey key, in TState value, ref TState newValue)
        {
            if (_asksAhead)
            {
                rows.ExpectRows(number + Ahead);
            }

            var hasValues = rows.HasRows(number);
            if (hasValues)
            {
                rows.Take(number, values);
            }

            var result = function.Update(time, key, values, number < statesBefore ? new Option<TState>(value) : default);
            if (hasValues)
            {
                values.Clear();
            }

            newValue = result.GetValueOrDefault()!;
            return result.HasValue;
        }
    }
}

/// <summary>A function of values and state.</summary>
internal readonly struct FunctionOfValues<TKey, TValue, TState>(Func<IReadOnlyList<TValue>, Option<TState>, Option<TState>> function)
    : IStateFunction<TKey, TValue, TState>
{
    public Option<TState> Update(BatchTime time, TKey key, IReadOnlyList<TValue> values, Option<TState> state) => function(values, state);
}

/// <summary>A function that is told the time and the key too.</summary>
internal readonly struct FunctionOfKeys<TKey, TValue, TState>(Func<BatchTime, TKey, IReadOnlyList<TValue>, Option<TState>, Option<TState>> function)
    : IStateFunction<TKey, TValue, TState>
{
    public Option<TState> Update(BatchTime time, TKey key, IReadOnlyList<TValue> values, Option<TState> state) => function(time, key, values, state);
}
