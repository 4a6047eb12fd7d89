using System.Globalization;

namespace CodegenStreaming.Conformance.State;

/// <summary>Pairs of a numbered key and a number, the keys being of any type.</summary>
internal sealed class KeyedSource<TKey>
{
    private readonly Action<(int Key, int Value)[]> _give;

    private KeyedSource(DStream<(TKey Key, int Value)> stream, Func<int, TKey> keyOf, Action<(int Key, int Value)[]> give) =>
        (Stream, KeyOf, _give) = (stream, keyOf, give);

    public DStream<(TKey Key, int Value)> Stream { get; }

    public Func<int, TKey> KeyOf { get; }

    /// <summary>Gives the next batch a partition.</summary>
    public void Give(params (int Key, int Value)[] pairs) => _give(pairs);

    public static KeyedSource<TKey> Of(StreamingTest test, Func<int, TKey> keyOf)
    {
        var source = test.AddSource<(TKey, int)>();
        return new(source.Stream, keyOf, pairs => source.Add(pairs.Select(pair => (keyOf(pair.Key), pair.Value))));
    }

    /// <summary>Keys that lie in their batch's text.</summary>
    public static KeyedSource<Utf8Slice> OfText(StreamingTest test)
    {
        var lines = new PooledLines();
        var stream = lines.AddTo(test.Streaming).Map(line =>
        {
            var space = line.IndexOf(" "u8);
            return (line[..space], int.Parse(line[(space + 1)..].ToString(), CultureInfo.InvariantCulture));
        });
        return new(
            stream,
            static key => Utf8Slice.Copy(Name(key)),
            pairs => lines.Give([.. pairs.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{Name(pair.Key)} {pair.Value}"))]));
    }

    /// <summary>A name, short or long.</summary>
    private static string Name(int key) => "key" + key.ToString(CultureInfo.InvariantCulture) + new string('x', key % 5 == 0 ? 40 : 0);
}
