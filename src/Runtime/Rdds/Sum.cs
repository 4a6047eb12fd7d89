using System.Numerics;

namespace CodegenStreaming;

/// <summary><c>Sum</c> of numbers.</summary>
public static class RddSumExtensions
{
    /// <summary>The sum of all records; zero for none.</summary>
    /// <exception cref="StreamingTaskException">The sum does not fit.</exception>
    public static long Sum(this Rdd<int> source) => Sum(source, 0L, static (sum, value) => checked(sum + value));

    /// <summary>The sum of all records; zero for none.</summary>
    /// <exception cref="StreamingTaskException">The sum of a partition does not fit.</exception>
    /// <exception cref="OverflowException">The sum of all partitions does not fit.</exception>
    public static long Sum(this Rdd<long> source) => Sum(source, 0L, static (sum, value) => checked(sum + value));

    /// <summary>The sum of all records, in double precision; zero for none.</summary>
    public static double Sum(this Rdd<float> source) => Sum(source, 0.0, static (sum, value) => sum + value);

    /// <summary>The sum of all records; zero for none.</summary>
    public static double Sum(this Rdd<double> source) => Sum(source, 0.0, static (sum, value) => sum + value);

    /// <summary>The sum of all records; zero for none.</summary>
    /// <exception cref="StreamingTaskException">The sum of a partition does not fit.</exception>
    /// <exception cref="OverflowException">The sum of all partitions does not fit.</exception>
    public static decimal Sum(this Rdd<decimal> source) => Sum(source, 0m, static (sum, value) => sum + value);

    private static TSum Sum<T, TSum>(Rdd<T> source, TSum zero, Func<TSum, T, TSum> add)
        where TSum : INumberBase<TSum>
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Aggregate("Sum", zero, add, static (left, right) => checked(left + right));
    }
}
