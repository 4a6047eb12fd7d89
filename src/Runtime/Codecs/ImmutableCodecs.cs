using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace CodegenStreaming.Codecs;

/// <summary>Writes immutable arrays, and the default that is none where it is one.</summary>
/// <typeparam name="T">The elements.</typeparam>
/// <typeparam name="TCodec">How they are written.</typeparam>
public readonly struct ImmutableArrayCodec<T, TCodec> : ICodec<ImmutableArray<T>>
    where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.List(TCodec.Schema);

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, ImmutableArray<T> value) =>
        ArrayCodec<T, TCodec>.Write(ref writer, ImmutableCollectionsMarshal.AsArray(value)!);

    /// <inheritdoc/>
    public static ImmutableArray<T> Read(ref RecordReader reader) => ImmutableCollectionsMarshal.AsImmutableArray(ArrayCodec<T, TCodec>.Read(ref reader));
}

/// <summary>Writes immutable lists, and null where one is.</summary>
/// <typeparam name="T">The elements.</typeparam>
/// <typeparam name="TCodec">How they are written.</typeparam>
public readonly struct ImmutableListCodec<T, TCodec> : ICodec<ImmutableList<T>>
    where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.List(TCodec.Schema);

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, ImmutableList<T> value) => SequenceCodec<IReadOnlyCollection<T>, T, TCodec>.Write(ref writer, value);

    /// <inheritdoc/>
    public static ImmutableList<T> Read(ref RecordReader reader) => ArrayCodec<T, TCodec>.Read(ref reader) is { } elements ? [.. elements] : null!;
}

/// <summary>Writes immutable sets, and null where one is. What is read compares in the elements' own way.</summary>
/// <typeparam name="T">The elements.</typeparam>
/// <typeparam name="TCodec">How they are written.</typeparam>
public readonly struct ImmutableHashSetCodec<T, TCodec> : ICodec<ImmutableHashSet<T>>
    where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.List(TCodec.Schema);

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, ImmutableHashSet<T> value) => SequenceCodec<IReadOnlyCollection<T>, T, TCodec>.Write(ref writer, value);

    /// <inheritdoc/>
    public static ImmutableHashSet<T> Read(ref RecordReader reader) => ArrayCodec<T, TCodec>.Read(ref reader) is { } elements ? [.. elements] : null!;
}

/// <summary>Writes immutable dictionaries, and null where one is. What is read compares keys in their own way.</summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TKeyCodec">How they are written.</typeparam>
/// <typeparam name="TValue">The values.</typeparam>
/// <typeparam name="TValueCodec">How they are written.</typeparam>
public readonly struct ImmutableDictionaryCodec<TKey, TKeyCodec, TValue, TValueCodec> : ICodec<ImmutableDictionary<TKey, TValue>>
    where TKey : notnull
    where TKeyCodec : struct, ICodec<TKey>
    where TValueCodec : struct, ICodec<TValue>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Dictionary(TKeyCodec.Schema, TValueCodec.Schema);

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, ImmutableDictionary<TKey, TValue> value)
    {
        writer.WriteListLength(value?.Count);
        foreach (var (key, item) in value ?? ImmutableDictionary<TKey, TValue>.Empty)
        {
            TKeyCodec.Write(ref writer, key);
            TValueCodec.Write(ref writer, item);
        }
    }

    /// <inheritdoc/>
    public static ImmutableDictionary<TKey, TValue> Read(ref RecordReader reader) =>
        DictionaryCodec<TKey, TKeyCodec, TValue, TValueCodec>.Read(ref reader) is { } items ? items.ToImmutableDictionary() : null!;
}
