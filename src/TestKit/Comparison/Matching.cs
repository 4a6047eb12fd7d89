namespace CodegenStreaming.TestKit.Comparison;

/// <summary>Which of the expected records were found, in whatever order.</summary>
internal static class Matching
{
    /// <summary>The records expected and not found, and those found and not expected, each in its order.</summary>
    public static (List<T> Missing, List<T> Unexpected) Find<T>(IReadOnlyList<T> expected, IReadOnlyList<T> found, RecordEquality<T> equality) =>
        equality.Hashing is { } comparer ? Count(expected, found, comparer) : Pair(expected, found, equality);

    private static (List<T> Missing, List<T> Unexpected) Count<T>(IReadOnlyList<T> expected, IReadOnlyList<T> found, IEqualityComparer<T> comparer)
    {
        var unexpected = Without(found, expected, comparer);
        return (Without(expected, found, comparer), unexpected);
    }

    /// <summary>What is left of records when each of the others has taken one away; of equal ones the last are left.</summary>
    private static List<T> Without<T>(IReadOnlyList<T> records, IReadOnlyList<T> others, IEqualityComparer<T> comparer)
    {
        var counts = new Dictionary<ValueTuple<T>, int>(new Keyed<T>(comparer)); // A record may be null; a key may not.
        foreach (var other in others)
        {
            var key = new ValueTuple<T>(other);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        var left = new List<T>();
        foreach (var record in records)
        {
            var key = new ValueTuple<T>(record);
            if (counts.GetValueOrDefault(key) is > 0 and var count)
            {
                counts[key] = count - 1;
            }
            else
            {
                left.Add(record);
            }
        }

        return left;
    }

    /// <summary>
    /// The largest pairing, by augmenting paths: within a tolerance a record may be near several others, and taking the first would do wrong.
    /// </summary>
    private static (List<T> Missing, List<T> Unexpected) Pair<T>(IReadOnlyList<T> expected, IReadOnlyList<T> found, RecordEquality<T> equality)
    {
        var partner = new int[found.Count];
        Array.Fill(partner, -1);
        var missing = new List<T>();
        for (var index = 0; index < expected.Count; index++)
        {
            if (!TryPair(index, new bool[found.Count]))
            {
                missing.Add(expected[index]);
            }
        }

        return (missing, [.. found.Where((_, index) => partner[index] < 0)]);

        bool TryPair(int index, bool[] visited)
        {
            for (var candidate = 0; candidate < partner.Length; candidate++)
            {
                if (!visited[candidate] && equality.AreEqual(expected[index], found[candidate]))
                {
                    visited[candidate] = true;
                    if (partner[candidate] < 0 || TryPair(partner[candidate], visited))
                    {
                        partner[candidate] = index;
                        return true;
                    }
                }
            }

            return false;
        }
    }

    private sealed class Keyed<T>(IEqualityComparer<T> comparer) : IEqualityComparer<ValueTuple<T>>
    {
        public bool Equals(ValueTuple<T> x, ValueTuple<T> y) => comparer.Equals(x.Item1, y.Item1);

        public int GetHashCode(ValueTuple<T> obj) => obj.Item1 is null ? 0 : comparer.GetHashCode(obj.Item1);
    }
}
