using System.Globalization;

namespace CodegenStreaming.Chaos;

/// <summary>What tells two tables of counts and sums by key apart, in whatever order their entries come. Entries can be taken out again.</summary>
/// <param name="Entries">How many there are.</param>
/// <param name="Count">The sum of their counts.</param>
/// <param name="Hash">The sum of the entries' hashes.</param>
internal readonly record struct Fingerprint(long Entries, long Count, ulong Hash)
{
    public static Fingerprint Of(int key, long count, long sum) =>
        new(1, count, Numbers.Mix((ulong)key + Numbers.Mix((ulong)count + Numbers.Mix((ulong)sum + 1))));

    public static Fingerprint operator +(Fingerprint left, Fingerprint right) => new(left.Entries + right.Entries, left.Count + right.Count, left.Hash + right.Hash);

    public static Fingerprint operator -(Fingerprint left, Fingerprint right) => new(left.Entries - right.Entries, left.Count - right.Count, left.Hash - right.Hash);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Entries} {Count} {Hash}");
}
