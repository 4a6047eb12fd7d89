using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace CodegenStreaming.Generators.Tests.Harness;

/// <summary>A record as text that differs wherever records differ: null, NaN's bits and signed zeros included.</summary>
internal static class RecordText
{
    public static string Of<T>(T record) => Of((object?)record);

    private static string Of(object? record) => record switch
    {
        null => "null",
        string text => $"'{text}'",
        double number => $"{number.ToString("R", CultureInfo.InvariantCulture)}#{BitConverter.DoubleToInt64Bits(number):x}",
        Utf8Slice slice => $"u'{slice}'",
        ITuple tuple => $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(index => Of(tuple[index])))})",
        IEnumerable items => $"{{{string.Join(", ", items.Cast<object?>().Select(Of))}}}",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => record.ToString() ?? "",
    };
}
