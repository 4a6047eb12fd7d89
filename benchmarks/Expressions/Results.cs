using System.Collections;
using System.Globalization;

namespace CodegenStreaming.Benchmarks.Expressions;

/// <summary>Compares what two runs of a chain gave: a number, or a list.</summary>
internal static class Results
{
    /// <summary>True where the two differ in no bit. All that are not numbers count as the same: which one comes of two, the processor decides.</summary>
    public static bool AreSame(object? left, object? right) => (left, right) switch
    {
        (double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (double.IsNaN(a) && double.IsNaN(b)),
        (float a, float b) => BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b) || (float.IsNaN(a) && float.IsNaN(b)),
        (IList a, IList b) => a.Count == b.Count && a.Cast<object>().Zip(b.Cast<object>()).All(pair => AreSame(pair.First, pair.Second)),
        _ => Equals(left, right),
    };

    /// <summary>The same, but for the sign of zero: a sum by hand begins with one, a reduction with the first record.</summary>
    public static bool AreEqual(object? left, object? right) => Equals(left, right) || AreSame(left, right);

    public static string Text(object? result) => result switch
    {
        null => "nothing",
        IList list => $"{list.Count} records",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(result, CultureInfo.InvariantCulture) ?? "",
    };
}
