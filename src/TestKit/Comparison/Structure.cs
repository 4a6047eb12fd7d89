using System.Collections;
using System.Runtime.CompilerServices;

namespace CodegenStreaming.TestKit.Comparison;

/// <summary>Equality of what records are made of.</summary>
internal static class Structure
{
    public static bool AreEqual(object? left, object? right, double tolerance) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (string, _) => left.Equals(right),
        (double a, double b) => AreNear(a, b, tolerance),
        (float a, float b) => AreNear(a, b, tolerance),
        (Half a, Half b) => AreNear((double)a, (double)b, tolerance),
        (decimal a, decimal b) => Math.Abs(a - b) <= (decimal)Math.Min(tolerance, 1e28),
        (ITuple a, ITuple b) => AreItemsEqual(a, b, tolerance),
        (IDictionary a, IDictionary b) => AreEntriesEqual(a, b, tolerance),
        (IEnumerable a, IEnumerable b) => AreSequencesEqual(a, b, tolerance),
        _ => left.Equals(right),
    };

    public static int Hash(object? value)
    {
        var hash = default(HashCode);
        switch (value)
        {
            case null or string:
                return value?.GetHashCode() ?? 0;
            case decimal number:
                return number.GetHashCode();
            case ITuple tuple:
                for (var index = 0; index < tuple.Length; index++)
                {
                    hash.Add(Hash(tuple[index]));
                }

                return hash.ToHashCode();
            case IDictionary entries:
                return entries.Count;
            case IEnumerable items:
                foreach (var item in items)
                {
                    hash.Add(Hash(item));
                }

                return hash.ToHashCode();
            default:
                return value.GetHashCode();
        }
    }

    private static bool AreNear(double left, double right, double tolerance) => left.Equals(right) || Math.Abs(left - right) <= tolerance;

    private static bool AreItemsEqual(ITuple left, ITuple right, double tolerance)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var index = 0; index < left.Length; index++)
        {
            if (!AreEqual(left[index], right[index], tolerance))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreEntriesEqual(IDictionary left, IDictionary right, double tolerance)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        foreach (DictionaryEntry entry in left)
        {
            if (!right.Contains(entry.Key) || !AreEqual(entry.Value, right[entry.Key], tolerance))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreSequencesEqual(IEnumerable left, IEnumerable right, double tolerance)
    {
        object?[] items = [.. left.Cast<object?>()];
        object?[] others = [.. right.Cast<object?>()];
        return items.Length == others.Length && !items.Where((item, index) => !AreEqual(item, others[index], tolerance)).Any();
    }
}
