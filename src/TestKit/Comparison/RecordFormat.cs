using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace CodegenStreaming.TestKit.Comparison;

/// <summary>Records as messages show them: text in quotation marks, so that blanks and null can be told apart; the same on every machine.</summary>
internal static class RecordFormat
{
    private const int LongestText = 200;
    private const int MostItems = 20;

    public static string Format(object? record)
    {
        var text = new StringBuilder();
        Append(text, record);
        if (text.Length > LongestText)
        {
            text.Length = LongestText;
            text.Append('…');
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string characters:
                AppendQuoted(text, characters, '"');
                break;
            case char character:
                AppendQuoted(text, [character], '\'');
                break;
            case Utf8Slice slice:
                AppendQuoted(text, slice.ToString(), '"');
                break;
            case bool truth:
                text.Append(truth ? "true" : "false");
                break;
            case ITuple tuple:
                AppendItems(text, '(', Items(tuple), ')');
                break;
            case IFormattable number:
                text.Append(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            case DictionaryEntry entry:
                Append(text, entry.Key);
                text.Append(": ");
                Append(text, entry.Value);
                break;
            case IDictionary entries:
                AppendItems(text, '[', Entries(entries), ']');
                break;
            case IEnumerable items:
                AppendItems(text, '[', items, ']');
                break;
            default:
                text.Append(value);
                break;
        }
    }

    private static IEnumerable<object?> Items(ITuple tuple)
    {
        for (var index = 0; index < tuple.Length; index++)
        {
            yield return tuple[index];
        }
    }

    private static IEnumerable<DictionaryEntry> Entries(IDictionary entries)
    {
        foreach (DictionaryEntry entry in entries)
        {
            yield return entry;
        }
    }

    private static void AppendItems(StringBuilder text, char open, IEnumerable items, char close)
    {
        text.Append(open);
        var count = 0;
        foreach (var item in items)
        {
            text.Append(count == 0 ? "" : ", ");
            if (count++ == MostItems || text.Length > LongestText)
            {
                text.Append('…');
                break;
            }

            Append(text, item);
        }

        text.Append(close);
    }

    private static void AppendQuoted(StringBuilder text, ReadOnlySpan<char> characters, char mark)
    {
        text.Append(mark);
        foreach (var character in characters)
        {
            _ = character switch
            {
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\\' => text.Append("\\\\"),
                _ when character == mark => text.Append('\\').Append(character),
                _ when char.IsControl(character) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => text.Append(character),
            };
        }

        text.Append(mark);
    }
}
