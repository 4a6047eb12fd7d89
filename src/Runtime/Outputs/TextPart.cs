using System.Text;

namespace CodegenStreaming.Outputs;

/// <summary>A partition as a text file: a line for each record, ended by LF, in UTF-8 without a byte order mark.</summary>
internal static class TextPart
{
    private const int BufferLength = 64 * 1024;

    public static void Write<T>(string path, IEnumerable<T> records)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, BufferLength);
        if (records is IEnumerable<Utf8Slice> lines)
        {
            WriteBytes(file, lines);
        }
        else
        {
            WriteText(file, records);
        }
    }

    /// <summary>Text that is UTF-8 already goes as it is, also where it is malformed.</summary>
    private static void WriteBytes(FileStream file, IEnumerable<Utf8Slice> lines)
    {
        foreach (var line in lines)
        {
            file.Write(line.Span);
            file.WriteByte((byte)'\n');
        }
    }

    private static void WriteText<T>(FileStream file, IEnumerable<T> records)
    {
        using var writer = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferLength);
        foreach (var record in records)
        {
            writer.Write(RecordText.Of(record));
            writer.Write('\n');
        }
    }
}
