using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace CodegenStreaming.Outputs;

/// <summary>A record as text, the same in every culture; tuples in Spark's form, <c>(word,1)</c>, also within tuples.</summary>
internal static class RecordText
{
    public static string Of<T>(T record) => record switch
    {
        null => "null",
        string text => text,
        ITuple tuple => Append(new StringBuilder(), tuple).ToString(),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => record.ToString() ?? "",
    };

    private static StringBuilder Append(StringBuilder text, ITuple tuple)
    {
        text.Append('(');
        for (var index = 0; index < tuple.Length; index++)
        {
            if (index > 0)
            {
                text.Append(',');
            }

            text.Append(Of(tuple[index]));
        }

        return text.Append(')');
    }
}
