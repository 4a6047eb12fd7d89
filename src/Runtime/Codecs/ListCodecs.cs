using System.Runtime.InteropServices;

namespace CodegenStreaming.Codecs;

/// <summary>Writes arrays of one dimension, and null where one is.</summary>
/// <typeparam name="T">The elements.</typeparam>
/// <typeparam name="TCodec">How they are written.</typeparam>
public readonly struct ArrayCodec<T, TCodec> : ICodec<T[]>
    where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.List(TCodec.Schema);

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, T[] value)
    {
        writer.WriteListLength(value?.Length);
        CodecElements.Write<T, TCodec>(ref writer, value);
    }

    /// <inheritdoc/>
    public static T[] Read(ref RecordReader reader)
    {
        if (reader.ReadListLength(TCodec.Schema.MinimumSize) is not { } length)
        {
            return null!;
        }

        var array = length == 0 ? [] : new T[length];
        CodecElements.Read<T, TCodec>(ref reader, array);
        return array;
    }
}

/// <summary>Writes lists, and null where one is.</summary>
/// <typeparam name="T">The elements.</typeparam>
/// <typeparam name="TCodec">How they are written.</typeparam>
public readonly struct ListCodec<T, TCodec> : ICodec<List<T>>
    where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.List(TCodec.Schema);

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, List<T> value)
    {
        writer.WriteListLength(value?.Count);
        CodecElements.Write<T, TCodec>(ref writer, CollectionsMarshal.AsSpan(value));
    }

    /// <inheritdoc/>
    public static List<T> Read(ref RecordReader reader)
    {
        if (reader.ReadListLength(TCodec.Schema.MinimumSize) is not { } length)
        {
            return null!;
        }

        var list = new List<T>(length);
        CollectionsMarshal.SetCount(list, length);
        CodecElements.Read<T, TCodec>(ref reader, CollectionsMarshal.AsSpan(list));
        return list;
    }
}

/// <summary>Writes what can be enumerated, and null where there is none. What is read is an array.</summary>
/// <typeparam name="TList">An interface that an array has: <c>IReadOnlyList</c>, <c>IReadOnlyCollection</c>, <c>IEnumerable</c>.</typeparam>
/// <typeparam name="T">The elements.</typeparam>
/// <typeparam name="TCodec">How they are written.</typeparam>
public readonly struct SequenceCodec<TList, T, TCodec> : ICodec<TList>
    where TList : class, IEnumerable<T>
    where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.List(TCodec.Schema);

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, TList value)
    {
        switch (value)
        {
            case T[] array when array.GetType() == typeof(T[]): // Not an array of a derived type, which is no span of these.
                ArrayCodec<T, TCodec>.Write(ref writer, array);
                break;
            case List<T> list:
                ListCodec<T, TCodec>.Write(ref writer, list);
                break;
            case IReadOnlyCollection<T> collection:
                writer.WriteListLength(collection.Count);
                foreach (var element in collection)
                {
                    TCodec.Write(ref writer, element);
                }

                break;
            default:
                ArrayCodec<T, TCodec>.Write(ref writer, value is null ? null! : [.. value]);
                break;
        }
    }

    /// <inheritdoc/>
    public static TList Read(ref RecordReader reader) => (TList)(object)ArrayCodec<T, TCodec>.Read(ref reader);
}

/// <summary>Writes sets, and null where one is. What is read compares in the elements' own way.</summary>
/// <typeparam name="T">The elements.</typeparam>
/// <typeparam name="TCodec">How they are written.</typeparam>
public readonly struct HashSetCodec<T, TCodec> : ICodec<HashSet<T>>
    where TCodec : struct, ICodec<T>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.List(TCodec.Schema);

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, HashSet<T> value) => SequenceCodec<IReadOnlyCollection<T>, T, TCodec>.Write(ref writer, value);

    /// <inheritdoc/>
    public static HashSet<T> Read(ref RecordReader reader)
    {
        if (reader.ReadListLength(TCodec.Schema.MinimumSize) is not { } length)
        {
            return null!;
        }

        var set = new HashSet<T>(length);
        for (var index = 0; index < length; index++)
        {
            set.Add(TCodec.Read(ref reader));
        }

        return set;
    }
}

/// <summary>Writes dictionaries, and null where one is. What is read compares keys in their own way.</summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TKeyCodec">How they are written.</typeparam>
/// <typeparam name="TValue">The values.</typeparam>
/// <typeparam name="TValueCodec">How they are written.</typeparam>
public readonly struct DictionaryCodec<TKey, TKeyCodec, TValue, TValueCodec> : ICodec<Dictionary<TKey, TValue>>
    where TKey : notnull
    where TKeyCodec : struct, ICodec<TKey>
    where TValueCodec : struct, ICodec<TValue>
{
    /// <inheritdoc/>
    public static RecordSchema Schema { get; } = RecordSchema.Dictionary(TKeyCodec.Schema, TValueCodec.Schema);

    /// <inheritdoc/>
    public static void Write(ref RecordWriter writer, Dictionary<TKey, TValue> value)
    {
        writer.WriteListLength(value?.Count);
        if (value is null)
        {
            return;
        }

        foreach (var (key, item) in value)
        {
            TKeyCodec.Write(ref writer, key);
            TValueCodec.Write(ref writer, item);
        }
    }

    /// <inheritdoc/>
    public static Dictionary<TKey, TValue> Read(ref RecordReader reader)
    {
        if (reader.ReadListLength(TKeyCodec.Schema.MinimumSize + TValueCodec.Schema.MinimumSize) is not { } length)
        {
            return null!;
        }

        var dictionary = new Dictionary<TKey, TValue>(length);
        for (var index = 0; index < length; index++)
        {
            var start = reader.Position;
            var key = TKeyCodec.Read(ref reader);
            if (key is null || !dictionary.TryAdd(key, TValueCodec.Read(ref reader)))
            {
                reader.Fail("A key of a dictionary is null or there twice", start);
            }
        }

        return dictionary;
    }
}
