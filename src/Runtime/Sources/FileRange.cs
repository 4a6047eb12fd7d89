namespace CodegenStreaming.Sources;

/// <summary>
/// The part of a text file that one task reads: the lines whose first byte lies in it. So each line belongs to one range, wherever the ranges are cut, and a line
/// longer than a range to the one that it begins in.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Start">The first byte.</param>
/// <param name="End">Behind the last byte; the last range has no end, since a file may have grown.</param>
internal readonly record struct FileRange(string Path, long Start, long End)
{
    public const long Length = 64 * 1024 * 1024;

    /// <summary>True where it is the file's only range.</summary>
    public bool IsWhole => Start == 0 && End == long.MaxValue;

    /// <summary>The ranges of a file; one for an empty file.</summary>
    public static IEnumerable<FileRange> Of(string path, long fileLength, long rangeLength = Length)
    {
        var start = 0L;
        for (; fileLength - start > rangeLength; start += rangeLength)
        {
            yield return new FileRange(path, start, start + rangeLength);
        }

        yield return new FileRange(path, start, long.MaxValue);
    }
}
