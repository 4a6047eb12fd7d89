using System.Globalization;
using CodegenStreaming.Checkpoints;
using CodegenStreaming.Execution;

namespace CodegenStreaming.Outputs;

/// <summary>
/// A batch as a folder of files, one for each partition. It is written under another name beside and then moved, so that it is there whole or not at all; writing it
/// again replaces it.
/// </summary>
internal static class OutputFolder
{
    public const string SuccessMarker = "_SUCCESS";

    /// <summary>Spark's name: <c>prefix-TIME_IN_MS[.suffix]</c>; an empty prefix or suffix leaves out its separator.</summary>
    public static string NameOf(BatchTime time, string prefix, string? suffix)
    {
        var milliseconds = time.Milliseconds.ToString(CultureInfo.InvariantCulture);
        return (prefix.Length == 0 ? "" : prefix + "-") + milliseconds + (string.IsNullOrEmpty(suffix) ? "" : "." + suffix);
    }

    /// <summary>The name of a partition's file.</summary>
    public static string PartOf(int partition) => $"part-{partition.ToString("D5", CultureInfo.InvariantCulture)}";

    /// <summary>Writes the folder.</summary>
    /// <param name="scope">Where the records are computed.</param>
    /// <param name="end">The output, for messages.</param>
    /// <param name="route">The chain that ends with it.</param>
    /// <param name="path">The folder; those above it are made where they are missing.</param>
    /// <param name="writePart">Writes a partition's file of a given path; called by tasks.</param>
    /// <param name="survives">
    /// Whether it is on the disk when this returns, and not only with the operating system: where checkpoints say that its batch is done, nobody writes it again after
    /// a loss of power.
    /// </param>
    public static void Write<T>(EvaluationScope scope, StageEnd end, Route<T> route, string path, Action<TaskScope, string> writePart, bool survives)
    {
        var target = Path.GetFullPath(path);
        // Hidden from those who list the folder above, file streams among them. What a crash left of it is replaced.
        var parent = Path.GetDirectoryName(target)!;
        var unfinished = Path.Combine(parent, $".{Path.GetFileName(target)}.unfinished");
        Delete(unfinished);
        if (survives)
        {
            DirectoryFlush.Create(parent);
        }

        Directory.CreateDirectory(unfinished);
        scope.Engine.Tasks.Run(
            scope,
            end,
            route.Node.PartitionCount(scope),
            task =>
            {
                var part = Path.Combine(unfinished, PartOf(task.Partition));
                writePart(task, part);
                if (survives)
                {
                    using var file = File.OpenHandle(part, FileMode.Open, FileAccess.Write);
                    RandomAccess.FlushToDisk(file);
                }

                return true;
            },
            task =>
            {
                foreach (var _ in route.Node.ReadUnfused(task, task.Partition))
                {
                }
            },
            chain: route);
        File.WriteAllBytes(Path.Combine(unfinished, SuccessMarker), []);
        if (survives)
        {
            DirectoryFlush.Flush(unfinished);
        }

        Delete(target);
        Directory.Move(unfinished, target);
        if (survives)
        {
            DirectoryFlush.Flush(parent);
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
