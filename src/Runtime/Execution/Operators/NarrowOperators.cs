namespace CodegenStreaming.Execution.Operators;

/// <summary>The operators without an exchange, defined by LINQ.</summary>
internal static class NarrowOperators
{
    public static DatasetNode<TOut> Map<TIn, TOut>(DatasetNode<TIn> parent, Func<TIn, TOut> function) =>
        new NarrowNode<TIn, TOut>("Map", parent, records => records.Select(function), function);

    public static DatasetNode<T> Filter<T>(DatasetNode<T> parent, Func<T, bool> predicate) =>
        new NarrowNode<T, T>("Filter", parent, records => records.Where(predicate), predicate) { KeepsKeys = true };

    public static DatasetNode<TOut> FlatMap<TIn, TOut>(DatasetNode<TIn> parent, Func<TIn, IEnumerable<TOut>> function) =>
        new NarrowNode<TIn, TOut>("FlatMap", parent, records => records.SelectMany(function), function);

    public static DatasetNode<TOut> MapPartitions<TIn, TOut>(DatasetNode<TIn> parent, Func<IEnumerable<TIn>, IEnumerable<TOut>> function) =>
        new NarrowNode<TIn, TOut>("MapPartitions", parent, function, function);

    public static DatasetNode<T[]> Glom<T>(DatasetNode<T> parent) =>
        new NarrowNode<T, T[]>("Glom", parent, records => [records.ToArray()]);

    // Implied by the operator that needs the keys, where it is not the user's own KeyBy.
    public static DatasetNode<(TKey, T)> KeyBy<T, TKey>(DatasetNode<T> parent, Func<T, TKey> function, string? impliedBy = null) =>
        new NarrowNode<T, (TKey, T)>(impliedBy ?? "KeyBy", parent, records => records.Select(record => (function(record), record)), function)
        { IsImplied = impliedBy is not null };

    public static DatasetNode<(TKey, TOut)> MapValues<TKey, TIn, TOut>(DatasetNode<(TKey, TIn)> parent, Func<TIn, TOut> function) =>
        new NarrowNode<(TKey, TIn), (TKey, TOut)>(
            "MapValues", parent, records => records.Select(pair => (pair.Item1, function(pair.Item2))), function)
        { KeepsKeys = true };

    public static DatasetNode<(TKey, TOut)> FlatMapValues<TKey, TIn, TOut>(DatasetNode<(TKey, TIn)> parent, Func<TIn, IEnumerable<TOut>> function) =>
        new NarrowNode<(TKey, TIn), (TKey, TOut)>(
            "FlatMapValues",
            parent,
            records => records.SelectMany(pair => function(pair.Item2).Select(value => (pair.Item1, value))),
            function)
        { KeepsKeys = true };

    public static DatasetNode<TKey> Keys<TKey, TValue>(DatasetNode<(TKey, TValue)> parent) =>
        new NarrowNode<(TKey, TValue), TKey>("Keys", parent, records => records.Select(pair => pair.Item1));

    public static DatasetNode<TValue> Values<TKey, TValue>(DatasetNode<(TKey, TValue)> parent) =>
        new NarrowNode<(TKey, TValue), TValue>("Values", parent, records => records.Select(pair => pair.Item2));

    /// <summary>Records as keys, for an operator that compares whole records.</summary>
    public static DatasetNode<(T, byte)> AsKeys<T>(string operatorName, DatasetNode<T> parent) =>
        new NarrowNode<T, (T, byte)>(operatorName, parent, records => records.Select(record => (record, (byte)0))) { IsImplied = true };

    /// <summary>The records of such keys.</summary>
    public static DatasetNode<T> OfKeys<T>(string operatorName, DatasetNode<(T, byte)> parent) =>
        new NarrowNode<(T, byte), T>(operatorName, parent, records => records.Select(pair => pair.Item1));
}
