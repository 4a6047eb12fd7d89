namespace CodegenStreaming.Benchmarks.Workloads;

/// <summary>Draws words by Zipf's law: the n-th word comes 1/n times as often as the first.</summary>
internal sealed class ZipfWords
{
    private readonly byte[][] _words;
    private readonly Random _random;
    private readonly double[] _cumulated;

    public ZipfWords(byte[][] words, Random random)
    {
        _words = words;
        _random = random;
        _cumulated = new double[words.Length];
        var sum = 0.0;
        for (var rank = 0; rank < words.Length; rank++)
        {
            sum += 1.0 / (rank + 1);
            _cumulated[rank] = sum;
        }
    }

    public byte[] Next()
    {
        var found = Array.BinarySearch(_cumulated, _random.NextDouble() * _cumulated[^1]);
        return _words[Math.Min(found < 0 ? ~found : found, _words.Length - 1)];
    }
}
