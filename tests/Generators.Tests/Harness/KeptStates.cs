using CodegenStreaming.Batches;

namespace CodegenStreaming.Generators.Tests.Harness;

/// <summary>The states of keys as test programs keep them beside an operator's, to compare. One output runs at a time.</summary>
public sealed class KeptStates<TKey, TValue, TState>
{
    private readonly Dictionary<ValueTuple<TKey>, (TState State, BatchTime Updated)> _states = []; // A key may be null.

    public IEnumerable<(TKey, TState)> All => _states.Select(entry => (entry.Key.Item1, entry.Value.State));

    /// <summary>Updates every key with its values of a batch.</summary>
    public void UpdateAll(Rdd<(TKey, TValue)> rdd, Func<IReadOnlyList<TValue>, Option<TState>, Option<TState>> update)
    {
        var values = rdd.Collect().ToLookup(pair => ValueTuple.Create(pair.Item1), pair => pair.Item2);
        foreach (var key in _states.Keys.Union(values.Select(group => group.Key)).ToList())
        {
            Set(key, update([.. values[key]], StateOf(key)), default);
        }
    }

    /// <summary>Gives each record to the state of its key, and then drops the keys that have had none for longer than a time.</summary>
    public void UpdateEach(Rdd<(TKey, TValue)> rdd, BatchTime time, TimeSpan? timeout, Func<Option<TState>, TValue, Option<TState>> step)
    {
        foreach (var (key, value) in rdd.Collect())
        {
            Set(ValueTuple.Create(key), step(StateOf(ValueTuple.Create(key)), value), time);
        }

        foreach (var (key, entry) in _states.Where(entry => time - entry.Value.Updated > timeout).ToList())
        {
            _states.Remove(key);
        }
    }

    private Option<TState> StateOf(ValueTuple<TKey> key) => _states.TryGetValue(key, out var entry) ? new(entry.State) : default(Option<TState>);

    private void Set(ValueTuple<TKey> key, Option<TState> state, BatchTime time)
    {
        if (state.TryGetValue(out var value))
        {
            _states[key] = (value, time);
        }
        else
        {
            _states.Remove(key);
        }
    }
}
