namespace CodegenStreaming.Conformance.State;

/// <summary>What <c>MapWithState</c> is to do with the function of the model tests, said simply.</summary>
internal sealed class MappedModel<TKey>(TimeSpan? timeout)
    where TKey : notnull
{
    private readonly Dictionary<TKey, (double State, BatchTime Time)> _states = [];

    public Dictionary<TKey, double> States => _states.ToDictionary(pair => pair.Key, pair => pair.Value.State);

    /// <summary>What becomes of a state: null where nothing, none where it is removed.</summary>
    public static Option<double>? Next(int value, Option<double> state) => (value % 11, value % 7) switch
    {
        (0, _) => default(Option<double>),
        (_, 0) => null,
        _ => new Option<double>((((state.GetValueOrDefault() * 31) + value) % 1_000_003) + 0.25),
    };

    /// <summary>Whether the timed form of the function gives nothing to the resulting stream.</summary>
    public static bool GivesNothing(Option<int> value) => value.GetValueOrDefault(1) % 3 == 0;

    /// <summary>Does a batch and says what the stream gets.</summary>
    public List<(TKey, int, double)> Advance(BatchTime time, IEnumerable<(TKey Key, double State)> initial, List<(TKey Key, int Value)> records, bool isTimed)
    {
        foreach (var (key, state) in initial)
        {
            _states[key] = (state, time);
        }

        var mapped = new List<(TKey, int, double)>();
        foreach (var (key, value) in records)
        {
            var before = _states.TryGetValue(key, out var known) ? new Option<double>(known.State) : default;
            if (!isTimed || !GivesNothing(new(value)))
            {
                mapped.Add((key, value, before.GetValueOrDefault(-1)));
            }

            var change = Next(value, before);
            if (change is { HasValue: true } updated)
            {
                _states[key] = (updated.Value, time);
            }
            else if (change is not null)
            {
                _states.Remove(key);
            }
            else if (before.HasValue)
            {
                _states[key] = (before.Value, time);
            }
        }

        foreach (var (key, (state, last)) in _states.ToArray())
        {
            if (timeout is { } duration && last < time - duration)
            {
                _states.Remove(key);
                mapped.Add((key, -1, state));
            }
        }

        return mapped;
    }
}
