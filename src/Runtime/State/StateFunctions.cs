using System.ComponentModel;

namespace CodegenStreaming.CompilerServices;

/// <summary>Says what a key's state becomes. Implemented by structs, so that the loop over the keys is compiled for exactly this function.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The records' values.</typeparam>
/// <typeparam name="TState">The state.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStateFunction<TKey, TValue, TState>
{
    /// <summary>Calls the function.</summary>
    Option<TState> Update(BatchTime time, TKey key, IReadOnlyList<TValue> values, Option<TState> state);
}

/// <summary>What is made of a record and its key's state. Implemented by structs, so that the loop over the records is compiled for exactly this function.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The records' values.</typeparam>
/// <typeparam name="TState">The state.</typeparam>
/// <typeparam name="TMapped">What the function gives.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IMappingFunction<TKey, TValue, TState, TMapped>
{
    /// <summary>Calls the function; false where it gives nothing.</summary>
    bool TryMap(BatchTime time, TKey key, Option<TValue> value, State<TState> state, out TMapped mapped);
}

/// <summary>
/// What slides a window's values of a key. Implemented by structs, so that the loop over what enters and leaves is compiled for exactly these functions.
/// </summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISlidingFunctions<TKey, TValue>
{
    /// <summary>Whether there is a filter.</summary>
    bool HasFilter { get; }

    /// <summary>Combines two values.</summary>
    TValue Add(TValue left, TValue right);

    /// <summary>Takes the second value out of the first.</summary>
    TValue Remove(TValue whole, TValue part);

    /// <summary>Whether the filter lets a key stay.</summary>
    bool Keeps(TKey key, TValue value);
}

/// <summary>Takes the function of an <c>UpdateStateByKey</c>.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The records' values.</typeparam>
/// <typeparam name="TState">The state.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class StateFunctionTaker<TKey, TValue, TState> : FunctionTaker
{
    private protected StateFunctionTaker()
    {
    }

    /// <summary>Takes the function.</summary>
    public abstract void Take<TFunction>(TFunction function)
        where TFunction : struct, IStateFunction<TKey, TValue, TState>;
}

/// <summary>Takes the function of a <c>MapWithState</c>.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The records' values.</typeparam>
/// <typeparam name="TState">The state.</typeparam>
/// <typeparam name="TMapped">What the function gives.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class MappingFunctionTaker<TKey, TValue, TState, TMapped> : FunctionTaker
{
    private protected MappingFunctionTaker()
    {
    }

    /// <summary>Takes the function.</summary>
    public abstract void Take<TFunction>(TFunction function)
        where TFunction : struct, IMappingFunction<TKey, TValue, TState, TMapped>;
}

/// <summary>Takes the functions of a <c>ReduceByKeyAndWindow</c> with an inverse.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SlidingFunctionsTaker<TKey, TValue> : FunctionTaker
{
    private protected SlidingFunctionsTaker()
    {
    }

    /// <summary>Takes the functions.</summary>
    public abstract void Take<TFunctions>(TFunctions functions)
        where TFunctions : struct, ISlidingFunctions<TKey, TValue>;
}
