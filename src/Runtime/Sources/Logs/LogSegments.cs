using System.Globalization;

namespace CodegenStreaming.Sources;

/// <summary>The files of a log: a sub-directory for each partition, in it a file for each segment, named after the number of its first record.</summary>
internal static class LogSegments
{
    private const string Extension = ".log";

    /// <summary>All digits of a 64-bit number: names sort as their numbers do.</summary>
    private const string Digits = "D19";

    /// <summary>The names of the partitions, in order; none where the directory is not there. Names that begin with a dot or an underscore are left out.</summary>
    public static string[] Partitions(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return [];
        }

        string[] names = [.. Directory.EnumerateDirectories(directory).Select(path => Path.GetFileName(path)).Where(static name => name[0] is not ('.' or '_'))];
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    /// <summary>Refuses names that are no name of a partition's directory.</summary>
    public static void CheckPartition(string partition)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(partition);
        if (partition[0] is '.' or '_' || partition.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0 || partition.AsSpan().IndexOfAny('/', '\\') >= 0)
        {
            throw new ArgumentException($"A partition is named as a directory may be, without a dot or an underscore at the beginning; {partition} is not.", nameof(partition));
        }
    }

    public static string PathOf(string partitionDirectory, long first) =>
        Path.Combine(partitionDirectory, first.ToString(Digits, CultureInfo.InvariantCulture) + Extension);

    /// <summary>The first records of a partition's segments, in order.</summary>
    public static long[] List(string partitionDirectory)
    {
        var segments = new List<long>();
        foreach (var path in Directory.EnumerateFiles(partitionDirectory, "*" + Extension))
        {
            var name = Path.GetFileNameWithoutExtension(path.AsSpan());
            if (name.Length == 19 && long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var first))
            {
                segments.Add(first);
            }
        }

        segments.Sort();
        return [.. segments];
    }

    /// <summary>The segment that a record lies in, or would: the last one that does not begin behind it. Null where all begin behind it.</summary>
    public static long? Of(ReadOnlySpan<long> segments, long record)
    {
        var index = segments.BinarySearch(record);
        index = index < 0 ? ~index - 1 : index;
        return index < 0 ? null : segments[index];
    }

    /// <summary>Opens a segment to be read while somebody writes or deletes it.</summary>
    public static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.RandomAccess);
}
