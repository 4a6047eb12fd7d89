using CodegenStreaming.Memory;

namespace CodegenStreaming;

/// <summary>
/// Makes strings of texts that occur again and again, such as names of hosts or countries, and gives the same string each time while it remembers it: what
/// <see cref="Utf8Slice.ToString()"/> would allocate for every record is then allocated once. Keep one in a field of the pipeline. Its memory is bounded: each
/// text has one place, and a new text takes the place of the one that was there. Thread-safe, without locks.
/// </summary>
/// <param name="capacity">How many texts are remembered at most; rounded up to a power of two.</param>
/// <param name="longest">Longer texts, in bytes, are not remembered.</param>
public sealed class Utf8Interner(int capacity = 4096, int longest = 64)
{
    private readonly Entry?[] _entries = new Entry?[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Checked(capacity))];

    /// <summary>The text as a string; malformed bytes become U+FFFD.</summary>
    public string Intern(Utf8Slice text)
    {
        if (text.Length > longest)
        {
            return text.ToString();
        }

        // An entry is immutable and a reference is written at once, so a reader sees a whole entry, though maybe an earlier one.
        ref var place = ref _entries[text.GetHashCode() & (_entries.Length - 1)];
        var entry = Volatile.Read(ref place);
        if (entry is not null && entry.Text == text)
        {
            return entry.String;
        }

        var made = new Entry(Utf8Slice.Copy(text.Span), text.ToString());
        Volatile.Write(ref place, made);
        return made.String;
    }

    private static int Checked(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 1 << 24);
        return capacity;
    }

    private sealed record Entry(Utf8Slice Text, string String);
}
