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
