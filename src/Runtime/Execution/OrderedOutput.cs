using CodegenStreaming.CompilerServices;

namespace CodegenStreaming.Execution;

/// <summary>Keeps a task's first records by an order, equal ones in the order in which they came.</summary>
internal sealed class OrderedOutput<T>(int limit, IComparer<T> order) : RecordOutput<T>
{
    private List<T> _records = [];

    /// <summary>So many records are kept before those that cannot be among the first are dropped.</summary>
    private readonly int _room = (int)Math.Min(Math.Max(2L * limit, 1024), Array.MaxLength);

    /// <summary>The first records, in order.</summary>
    public List<T> Records
    {
        get
        {
            Cut();
            return _records;
        }
    }

    public override void Write(T record)
    {
        _records.Add(record);
        if (_records.Count == _room)
        {
            Cut();
        }
    }

    // LINQ's sorting is stable, and does not sort what is not taken.
    private void Cut() => _records = [.. _records.Order(order).Take(limit)];
}
