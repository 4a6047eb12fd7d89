namespace CodegenStreaming.Execution.Operators;

/// <summary>Operators that are a combination by key of records made for the purpose.</summary>
internal static class CombineByKey
{
    public static DatasetNode<(T Value, long Count)> CountByValue<T>(DatasetNode<T> parent, int? partitions)
    {
        var ones = new NarrowNode<T, (T, long)>("CountByValue", parent, records => records.Select(record => (record, 1L))) { IsImplied = true };
        return new CombineByKeyNode<T, long, long>(
            "CountByValue", ones, static one => one, static (count, one) => count + one, static (left, right) => left + right, null, partitions);
    }
}
