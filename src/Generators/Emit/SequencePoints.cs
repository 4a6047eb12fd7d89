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
    private const char EndOfKey = '\u0002';
    private const char End = '\u0003';

    public static string Mark(string key, string body) => $"{Begin}{key}{EndOfKey}{body}{End}";

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
                    var end = text.IndexOf(EndOfKey, index);
                    mapped = places.TryGetValue(text.Substring(index + 1, end - index - 1), out var place);
                    if (mapped)
                    {
                        joined.AppendFormat(
                            CultureInfo.InvariantCulture,
                            "\n#line ({0}, {1}) - ({2}, {3}) \"{4}\"\n",
                            place.StartLine, place.StartColumn, place.EndLine, place.EndColumn, place.Path);
                    }

                    index = end;
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
}
