namespace CodegenStreaming.TestKit.Comparison;

/// <summary>When a record that was found is the one that was expected.</summary>
internal sealed class RecordEquality<T>
{
    private readonly Func<T, T, bool> _areEqual;

    private RecordEquality(Func<T, T, bool> areEqual, IEqualityComparer<T>? hashing) => (_areEqual, Hashing) = (areEqual, hashing);

    /// <summary>Structures item by item, all else by its own equality.</summary>
    public static RecordEquality<T> Exact { get; } = new(
        static (left, right) => Structure.AreEqual(left, right, 0),
        new StructureComparer());

    /// <summary>The same as a comparer with hash codes; null where equality has none.</summary>
    public IEqualityComparer<T>? Hashing { get; }

    public static RecordEquality<T> Within(double tolerance) => new((left, right) => Structure.AreEqual(left, right, tolerance), null);

    public static RecordEquality<T> By(IEqualityComparer<T> comparer) => new(comparer.Equals, null);

    public bool AreEqual(T left, T right) => _areEqual(left, right);

    private sealed class StructureComparer : IEqualityComparer<T>
    {
        public bool Equals(T? x, T? y) => Structure.AreEqual(x, y, 0);

        public int GetHashCode(T obj) => Structure.Hash(obj);
    }
}
