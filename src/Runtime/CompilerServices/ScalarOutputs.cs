using System.ComponentModel;

namespace CodegenStreaming.CompilerServices;

/// <summary>Counts a task's records.</summary>
/// <typeparam name="T">The record type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CountOutput<T> : RecordOutput<T>
{
    internal CountOutput()
    {
    }

    internal override bool KeepsText => false;

    /// <summary>The number of records so far.</summary>
    public long Count { get; set; }

    /// <inheritdoc/>
    public override void Write(T record) => Count++;
}

/// <summary>Folds a task's records from the left, starting with the first one.</summary>
/// <typeparam name="T">The record type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ReduceOutput<T> : RecordOutput<T>
{
    private readonly Func<T, T, T> _function;

    internal ReduceOutput(Func<T, T, T> function) => _function = function;

    /// <summary>True once a record was seen.</summary>
    public bool HasValue { get; set; }

    /// <summary>The fold of the records so far.</summary>
    public T? Value { get; set; }

    /// <inheritdoc/>
    public override void Write(T record)
    {
        Value = HasValue ? _function(Value!, record) : record;
        HasValue = true;
    }
}

/// <summary>Folds a task's records from the left into a value of another type.</summary>
/// <typeparam name="T">The record type.</typeparam>
/// <typeparam name="TResult">The value's type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AggregateOutput<T, TResult> : RecordOutput<T>
{
    private readonly Func<TResult, T, TResult> _add;

    internal AggregateOutput(TResult zero, Func<TResult, T, TResult> add) => (Value, _add) = (zero, add);

    /// <summary>The fold of the records so far.</summary>
    public TResult Value { get; set; }

    /// <inheritdoc/>
    public override void Write(T record) => Value = _add(Value, record);
}

/// <summary>Keeps a task's first records, then is full.</summary>
/// <typeparam name="T">The record type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TakeOutput<T> : RecordOutput<T>
{
    private readonly int _limit;

    internal TakeOutput(int limit) => _limit = limit;

    internal List<T> Records { get; } = [];

    /// <inheritdoc/>
    public override bool IsFull => Records.Count >= _limit;

    /// <inheritdoc/>
    public override void Write(T record)
    {
        if (!IsFull)
        {
            Records.Add(record);
        }
    }
}

/// <summary>Hands each record to an action.</summary>
/// <typeparam name="T">The record type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ActionOutput<T> : RecordOutput<T>
{
    private readonly Action<T> _action;

    internal ActionOutput(Action<T> action) => _action = action;

    /// <inheritdoc/>
    public override void Write(T record) => _action(record);
}
