using System.Globalization;
using System.Text;
using CodegenStreaming.Generators.Model;

namespace CodegenStreaming.Generators.Emit;

/// <summary>
/// Joins lambda bodies with their places in the user's files. The loops' text holds marks and no place, so that an edit elsewhere in the file does
/// not change it; this last step replaces the marks, by line directives in debug builds and by nothing otherwise.
/// </summary>
internal static class SequencePoints
{
    private const char Begin = '\u0001';
    private const char EndOfLead = '\u0004';
    private const char EndOfKey = '\u0002';
    private const char End = '\u0003';

    /// <summary>Marks a body, and what stands before it in the statement whose sequence point is the body's.</summary>
    public static string Mark(string key, string body, string lead = "") => $"{Begin}{lead}{EndOfLead}{key}{EndOfKey}{body}{End}";

    public static string Join(string text, IEnumerable<BodyLocation> bodies)
    {
        var places = bodies.ToDictionary(body => body.BodyKey);
        var joined = new StringBuilder(text.Length);
        var mapped = false;
        for (var index = 0; index < text.Length; index++)
        {
            switch (text[index])
            {
                case Begin:
                    var endOfLead = text.IndexOf(EndOfLead, index);
                    var lead = text.Substring(index + 1, endOfLead - index - 1);
                    index = text.IndexOf(EndOfKey, endOfLead);
                    mapped = places.TryGetValue(text.Substring(endOfLead + 1, index - endOfLead - 1), out var place);
                    if (mapped)
                    {
                        AppendDirective(joined, place, lead.Length);
                    }

                    joined.Append(lead);
                    break;
                case End:
                    joined.Append(mapped ? "\n#line default\n" : "");
                    break;
                default:
                    joined.Append(text[index]);
                    break;
            }
        }

        return joined.ToString();
    }

    /// <param name="joined">The text so far.</param>
    /// <param name="place">Where the body stands.</param>
    /// <param name="lead">How many characters of the next line come before the body.</param>
    private static void AppendDirective(StringBuilder joined, BodyLocation place, int lead) => joined.AppendFormat(
        CultureInfo.InvariantCulture,
        "\n#line ({0}, {1}) - ({2}, {3}){4} \"{5}\"\n",
        place.StartLine,
        place.StartColumn,
        place.EndLine,
        place.EndColumn,
        lead == 0 ? "" : " " + lead.ToString(CultureInfo.InvariantCulture),
        place.Path);
}
