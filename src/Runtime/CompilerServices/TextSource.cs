using System.ComponentModel;
using CodegenStreaming.Memory;

namespace CodegenStreaming.CompilerServices;

/// <summary>
/// Sources of generated loops that stand for the first operator of a chain over text and all that lies before it: the operator's work is done on the
/// buffer, many lines at a time. Each comes in two kinds, over the lines of a block and over texts that lie anywhere.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TextSource
{
    /// <summary>The pieces between the occurrences of an ASCII character.</summary>
    public static LineTokens<OneSeparator> Split(Utf8Lines lines, char separator, bool leaveOutEmpty) => new(lines, new OneSeparator((byte)separator), leaveOutEmpty);

    /// <inheritdoc cref="Split(Utf8Lines, char, bool)"/>
    public static RecordTokens<OneSeparator> Split(ReadOnlySpan<Utf8Slice> records, char separator, bool leaveOutEmpty) =>
        new(records, new OneSeparator((byte)separator), leaveOutEmpty);

    /// <summary>The pieces between any of several ASCII characters.</summary>
    public static LineTokens<AsciiSeparators> Split(Utf8Lines lines, ReadOnlySpan<char> separators, bool leaveOutEmpty) =>
        new(lines, new AsciiSeparators(separators), leaveOutEmpty);

    /// <inheritdoc cref="Split(Utf8Lines, ReadOnlySpan{char}, bool)"/>
    public static RecordTokens<AsciiSeparators> Split(ReadOnlySpan<Utf8Slice> records, ReadOnlySpan<char> separators, bool leaveOutEmpty) =>
        new(records, new AsciiSeparators(separators), leaveOutEmpty);

    /// <summary>The lines that contain a text, which is not empty and has no newline in it.</summary>
    public static MatchingLines Containing(Utf8Lines lines, ReadOnlySpan<byte> wanted) => new(lines, wanted);

    /// <summary>The texts that contain a text.</summary>
    public static MatchingRecords Containing(ReadOnlySpan<Utf8Slice> records, ReadOnlySpan<byte> wanted) => new(records, wanted);
}
