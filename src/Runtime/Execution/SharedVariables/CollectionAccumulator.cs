namespace CodegenStreaming;

/// <summary>Collects values: those of one task in their order, tasks in the order in which they end. Not for more than fits in memory.</summary>
/// <typeparam name="T">The value.</typeparam>
public sealed class CollectionAccumulator<T> : Accumulator<T, IReadOnlyList<T>>
{
    private readonly List<T> _values = [];

    /// <summary>Makes an accumulator of an engine context.</summary>
    /// <param name="engine">The engine context whose tasks add to it.</param>
    /// <param name="name">A name for messages.</param>
    public CollectionAccumulator(EngineContext engine, string name)
        : base(engine, name)
    {
    }

    /// <summary>A copy: what is added later is not in it.</summary>
    protected override IReadOnlyList<T> Result => [.. _values];

    /// <inheritdoc/>
    protected override Accumulator<T, IReadOnlyList<T>> CreatePart() => new CollectionAccumulator<T>(Engine, Name);

    /// <inheritdoc/>
    protected override void AddValue(T value) => _values.Add(value);

    /// <inheritdoc/>
    protected override void AddPart(Accumulator<T, IReadOnlyList<T>> part) => _values.AddRange(((CollectionAccumulator<T>)part)._values);

    /// <inheritdoc/>
    protected override void Clear() => _values.Clear();
}
