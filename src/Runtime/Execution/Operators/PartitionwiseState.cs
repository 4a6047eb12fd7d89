using CodegenStreaming.CompilerServices;
using CodegenStreaming.State;

namespace CodegenStreaming.Execution.Operators;

/// <summary>A partition whose function is given all keys, and whose results take the state's place.</summary>
internal sealed class PartitionwiseState<TKey, TImage, TValue, TState, TKeys>(TKeys keys, Func<IEnumerable<(TKey, IReadOnlyList<TValue>, Option<TState>)>, IEnumerable<(TKey, TState)>> function)
    : GroupedState<TKey, TImage, TValue, TState, TKeys>(keys)
    where TImage : unmanaged, IKeyImage
    where TKeys : struct, IStateKeys<TKey, TImage>
{
    private readonly List<TValue> _values = [];
    private NumberSet _given = new();
    private IPartitioner<TKey>? _targets;

    /// <summary>The entry that was handed out last: the next result is probably its.</summary>
    private int _current;

    protected override void Begin(TaskScope task, StateInput<TKey, TValue, TState> input)
    {
        base.Begin(task, input);
        _values.Clear();
        (_given, _targets, _current) = (new(), input.Targets, -1);
    }

    protected override void Update(TaskScope task)
    {
        Table.BeginRewrite();
        var reading = new Reading();
        try
        {
            var results = function(Read(Table.NumberCount, reading))
                ?? throw new StreamingException("The function of UpdateStateByKey returned null. Return an empty sequence to remove all keys of the partition.");
            foreach (var (key, state) in results)
            {
                task.Cancellation.ThrowIfCancellationRequested();
                Table.Rewrite(NumberOf(key, task.Partition), state);
            }
        }
        finally
        {
            reading.IsOver = true;
        }

        for (var number = 0; number < Table.NumberCount; number++)
        {
            if (!_given.Contains(number) && Table.IsLive(number))
            {
                Table.Leave(number);
            }
        }
    }

    private int NumberOf(TKey key, int partition)
    {
        var image = Table.ImageOf(key);
        var number = _current >= 0 && Table.IsKeyOf(_current, key, image) ? _current : Table.NumberOf(key, image);
        if (number < 0)
        {
            var target = Exchange.PartitionOf(_targets!, _targets!.PartitionCount, key);
            number = target == partition
                ? Table.Add(key, image, default!)
                : throw new StreamingException(
                    $"The function of UpdateStateByKey returned the key '{key}' in partition {partition}; its values come to partition {target}. A partition's results must have keys of that partition.");
        }

        return _given.Add(number) ? number : throw new StreamingException($"The function of UpdateStateByKey returned the key '{key}' twice.");
    }

    private IEnumerable<(TKey, IReadOnlyList<TValue>, Option<TState>)> Read(int numbers, Reading reading)
    {
        if (reading.HasBegun)
        {
            throw new InvalidOperationException("The keys given to a function of UpdateStateByKey can be read once.");
        }

        reading.HasBegun = true;
        for (var number = 0; number < numbers; number++)
        {
            if (reading.IsOver)
            {
                throw new InvalidOperationException("The keys given to a function of UpdateStateByKey are valid until its results have been read.");
            }

            if (Table.IsLive(number))
            {
                _current = number;
                yield return (Table.KeyOf(number), ValuesOf(number), number < StatesBefore ? new Option<TState>(Table.ValueOf(number)) : default);
            }
        }
    }

    /// <summary>In a list of their own: a function that sorts or groups its keys keeps them.</summary>
    private TValue[] ValuesOf(int number)
    {
        if (!Rows.HasRows(number))
        {
            return [];
        }

        Rows.Take(number, _values);
        TValue[] values = [.. _values];
        _values.Clear();
        return values;
    }

    /// <summary>How far a function has come with what it was given.</summary>
    private sealed class Reading
    {
        public bool HasBegun { get; set; }

        public bool IsOver { get; set; }
    }
}
