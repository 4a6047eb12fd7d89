namespace CodegenStreaming;

/// <summary>Adds up whole numbers; <see cref="Accumulator{TValue,TResult}.Value"/> is their sum. Past the largest number it begins anew at the smallest, as <c>long</c> does.</summary>
public sealed class LongAccumulator : Accumulator<long, long>
{
    private long _sum;
    private long _count;

    /// <summary>Makes an accumulator of an engine context.</summary>
    /// <param name="engine">The engine context whose tasks add to it.</param>
    /// <param name="name">A name for messages.</param>
    public LongAccumulator(EngineContext engine, string name)
        : base(engine, name)
    {
    }

    /// <summary>How often something was added; read it where <see cref="Accumulator{TValue,TResult}.Value"/> may be read.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <inheritdoc/>
    protected override long Result => _sum;

    /// <inheritdoc/>
    protected override Accumulator<long, long> CreatePart() => new LongAccumulator(Engine, Name);

    /// <inheritdoc/>
    protected override void AddValue(long value)
    {
        _sum += value;
        _count++;
    }

    /// <inheritdoc/>
    protected override void AddPart(Accumulator<long, long> part)
    {
        var other = (LongAccumulator)part;
        _sum += other._sum;
        _count += other._count;
    }

    /// <inheritdoc/>
    protected override void Clear() => (_sum, _count) = (0, 0);
}

/// <summary>Adds up numbers; <see cref="Accumulator{TValue,TResult}.Value"/> is their sum. Its last bits depend on the order in which tasks end.</summary>
public sealed class DoubleAccumulator : Accumulator<double, double>
{
    private double _sum;
    private long _count;

    /// <summary>Makes an accumulator of an engine context.</summary>
    /// <param name="engine">The engine context whose tasks add to it.</param>
    /// <param name="name">A name for messages.</param>
    public DoubleAccumulator(EngineContext engine, string name)
        : base(engine, name)
    {
    }

    /// <summary>How often something was added; read it where <see cref="Accumulator{TValue,TResult}.Value"/> may be read.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <inheritdoc/>
    protected override double Result => _sum;

    /// <inheritdoc/>
    protected override Accumulator<double, double> CreatePart() => new DoubleAccumulator(Engine, Name);

    /// <inheritdoc/>
    protected override void AddValue(double value)
    {
        _sum += value;
        _count++;
    }

    /// <inheritdoc/>
    protected override void AddPart(Accumulator<double, double> part)
    {
        var other = (DoubleAccumulator)part;
        _sum += other._sum;
        _count += other._count;
    }

    /// <inheritdoc/>
    protected override void Clear() => (_sum, _count) = (0, 0);
}
