namespace CodegenStreaming.Chaos.Verification;

/// <summary>Counts and sums by key, and their fingerprint, kept true while they change.</summary>
internal sealed class Totals
{
    private readonly Dictionary<int, (long Count, long Sum)> _entries = [];

    public Fingerprint Fingerprint { get; private set; }

    public IReadOnlyDictionary<int, (long Count, long Sum)> Entries => _entries;

    /// <summary>Adds to a key; one whose count is zero then is not there.</summary>
    /// <returns>The key's count.</returns>
    public long Add(int key, long count, long sum)
    {
        if (_entries.TryGetValue(key, out var before))
        {
            Fingerprint -= Fingerprint.Of(key, before.Count, before.Sum);
        }

        var after = (Count: before.Count + count, Sum: before.Sum + sum);
        if (after.Count == 0)
        {
            _entries.Remove(key);
        }
        else
        {
            _entries[key] = after;
            Fingerprint += Fingerprint.Of(key, after.Count, after.Sum);
        }

        return after.Count;
    }
}
