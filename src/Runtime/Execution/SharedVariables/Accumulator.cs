using CodegenStreaming.Execution;

namespace CodegenStreaming;

/// <summary>
/// A variable that tasks add to and the driver reads. What a task adds counts when the task succeeds, and once, however often it is tried: so it is exact for
/// what an action's own function adds. A transformation that is computed again, by another action, adds again, as in Spark. Derive from it for a kind of
/// your own; the engine calls the protected members one at a time for each instance. Thread-safe.
/// </summary>
/// <typeparam name="TValue">What is added.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
public abstract class Accumulator<TValue, TResult> : Accumulator
{
    private readonly Lock _lock = new();

    /// <summary>Makes an accumulator of an engine context.</summary>
    /// <param name="engine">The engine context whose tasks add to it.</param>
    /// <param name="name">A name for messages.</param>
    protected Accumulator(EngineContext engine, string name)
        : base(engine, name)
    {
    }

    /// <summary>What has been added so far by tasks that have succeeded, and by the driver.</summary>
    /// <exception cref="StreamingException">It is read inside a task, which does not know what others have added.</exception>
    public TResult Value
    {
        get
        {
            if (CurrentTask is not null)
            {
                throw new StreamingException($"The accumulator {Name} was read inside a function that runs in a task. Tasks add to it; read it on the driver, after the action.");
            }

            lock (_lock)
            {
                return Result;
            }
        }
    }

    /// <summary>What has been added to this instance.</summary>
    protected abstract TResult Result { get; }

    /// <summary>Adds a value, in a task or on the driver.</summary>
    public void Add(TValue value)
    {
        if (CurrentTask is { } task)
        {
            ((Accumulator<TValue, TResult>)task.PartOf(this)).AddValue(value);
            return;
        }

        lock (_lock)
        {
            AddValue(value);
        }
    }

    /// <summary>Forgets everything that was added.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            Clear();
        }
    }

    /// <summary>Another accumulator of the same kind to which nothing was added: a task's part.</summary>
    protected abstract Accumulator<TValue, TResult> CreatePart();

    /// <summary>Adds a value to this instance.</summary>
    protected abstract void AddValue(TValue value);

    /// <summary>Adds what a part has to this instance.</summary>
    /// <param name="part">Made by <see cref="CreatePart"/>.</param>
    protected abstract void AddPart(Accumulator<TValue, TResult> part);

    /// <summary>Forgets what was added to this instance.</summary>
    protected abstract void Clear();

    internal sealed override Accumulator NewPart() => CreatePart();

    internal sealed override void Merge(Accumulator part)
    {
        lock (_lock)
        {
            AddPart((Accumulator<TValue, TResult>)part);
        }
    }
}

/// <summary>An accumulator, whatever is added to it. See <see cref="Accumulator{TValue,TResult}"/>.</summary>
public abstract class Accumulator
{
    private protected Accumulator(EngineContext engine, string name)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentException.ThrowIfNullOrEmpty(name);
        (Engine, Name) = (engine, name);
    }

    /// <summary>The engine context whose tasks add to it.</summary>
    public EngineContext Engine { get; }

    /// <summary>A name for messages.</summary>
    public string Name { get; }

    private protected TaskScope? CurrentTask => Engine.CurrentTask;

    internal abstract Accumulator NewPart();

    internal abstract void Merge(Accumulator part);
}
