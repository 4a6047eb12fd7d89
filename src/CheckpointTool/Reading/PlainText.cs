using System.Globalization;
using System.Text;

namespace CodegenStreaming.CheckpointTool.Reading;

/// <summary>Text of others in a line of a terminal: what would end the line, steer the terminal or not be seen is written as an escape.</summary>
internal static class PlainText
{
    public static string Of(string text)
    {
        var builder = new StringBuilder();
        Append(builder, text, int.MaxValue);
        return builder.ToString();
    }

    /// <summary>Appends a text, and leaves the rest of it out when the whole has become so long.</summary>
    public static void Append(StringBuilder target, string text, int limit)
    {
        for (var index = 0; index < text.Length && target.Length <= limit;)
        {
            if (!Rune.TryGetRuneAt(text, index, out var rune))
            {
                Escape(target, text[index++]);
                continue;
            }

            switch (rune.Value)
            {
                case '"' or '\\':
                    target.Append('\\').Append((char)rune.Value);
                    break;
                case '\n':
                    target.Append("\\n");
                    break;
                case '\r':
                    target.Append("\\r");
                    break;
                case '\t':
                    target.Append("\\t");
                    break;
                case not ' ' when IsUnseen(rune):
                    for (var unit = 0; unit < rune.Utf16SequenceLength; unit++)
                    {
                        Escape(target, text[index + unit]);
                    }

                    break;
                default:
                    target.Append(text, index, rune.Utf16SequenceLength);
                    break;
            }

            index += rune.Utf16SequenceLength;
        }
    }

    private static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse;

    private static void Escape(StringBuilder target, char unit) => target.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
}
